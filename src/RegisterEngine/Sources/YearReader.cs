using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources;

/// <summary>Lets rows of some years through, and counts the others: around any reader, so that it is the same for all formats.</summary>
internal sealed class YearReader(PieceReader reader, YearSpan years) : PieceReader
{
    private int[] _rows = [];
    private Extract? _extract;
    private long _otherYears;

    /// <inheritdoc/>
    public override bool Open(Extract extract)
    {
        _extract = extract;
        return reader.Open(extract);
    }

    /// <summary>Reads rows of the open piece; of those that were read, none may be left.</summary>
    public override bool Read(ColumnBatch batch)
    {
        if (!reader.Read(batch))
            return false;
        int read = batch.Rows;
        if (_rows.Length < read)
            _rows = new int[batch.Capacity];
        int kept = RangeScan.Inside(batch.Numbers(BatchColumn.Year)[..read], years.From, years.To, _rows);
        RowChoice.Keep(batch, _rows.AsSpan(0, kept));
        _otherYears += read - kept;
        return true;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        reader.Close();
        _extract!.ReportOtherYears(_otherYears);
        _otherYears = 0;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        reader.Dispose();
        base.Dispose();
    }
}
