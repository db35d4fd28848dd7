namespace RegisterEngine;

/// <summary>How far a run is; may be read from any thread while it goes on.</summary>
public sealed class RunProgress
{
    private Func<(string Stage, double? Share, long Rows, long Bytes)> _now = () => ("start", null, 0, 0);

    /// <summary>What is being done.</summary>
    public string Stage => _now().Stage;

    /// <summary>How much of the stage is done, from 0 to 1; null where nobody knows.</summary>
    public double? Share => _now().Share;

    /// <summary>Rows read so far.</summary>
    public long Rows => _now().Rows;

    /// <summary>Bytes read so far, after decompression.</summary>
    public long Bytes => _now().Bytes;

    internal void Watch(Func<(string Stage, double? Share, long Rows, long Bytes)> now) => Volatile.Write(ref _now, now);
}
