using System.Text.Json;
using System.Text.Json.Serialization;
using RegisterEngine.Columns;

namespace RegisterEngine.Sources;

/// <summary>
/// Keeps the rejected rows of one input until its lines can be numbered: readers know the line within their block, and the lines of the blocks before only when
/// all are read. The rows lie in a file that only its owner can read.
/// </summary>
internal sealed class RejectLog(string input, string folder) : IDisposable
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, int> _blockLines = [];
    private ScratchFile? _texts;

    /// <summary>Takes the rejected rows of a block, and how many lines it has.</summary>
    public void Add(int block, int lines, IReadOnlyList<Reject> rejects)
    {
        _blockLines[block] = lines;
        foreach (Reject reject in rejects)
        {
            _texts ??= new ScratchFile(folder);
            byte[] text = JsonSerializer.SerializeToUtf8Bytes(reject, RejectContext.Default.Reject);
            _entries.Add(new Entry(block, (int)reject.Line, _texts.Append(text), text.Length));
        }
    }

    /// <summary>All rejected rows, by line.</summary>
    /// <param name="firstLine">Line of the first record.</param>
    public IEnumerable<Reject> Read(long firstLine)
    {
        if (_texts is null)
            yield break;
        Dictionary<int, long> starts = Starts(firstLine);
        foreach (Entry entry in _entries.OrderBy(entry => entry.Block).ThenBy(entry => entry.Line))
        {
            byte[] text = new byte[entry.Length];
            _texts.Read(entry.Offset, text);
            Reject reject = JsonSerializer.Deserialize(text, RejectContext.Default.Reject)!;
            yield return reject with { Input = input, Line = starts[entry.Block] + entry.Line };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _texts?.Dispose();

    private Dictionary<int, long> Starts(long firstLine)
    {
        var starts = new Dictionary<int, long>();
        foreach ((int block, int lines) in _blockLines.OrderBy(pair => pair.Key))
        {
            starts[block] = firstLine;
            firstLine += lines;
        }
        return starts;
    }

    private readonly record struct Entry(int Block, int Line, long Offset, int Length);
}

[JsonSerializable(typeof(Reject))]
internal sealed partial class RejectContext : JsonSerializerContext;
