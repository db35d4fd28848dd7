using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>
/// Reads columns of texts that stand side by side in the extract, all at once: the bytes from the first to the last are looked up as one key, which has an entry
/// with the codes of all.
/// </summary>
internal sealed class CodeRun
{
    private const int MostEntries = 1 << 20;

    private readonly CodeReader[] _readers;
    private readonly FieldBounds _bounds;
    private readonly TextTable _table = new();
    private readonly DirectEntries _direct = new();
    private readonly int _place;
    private readonly byte[] _padded = new byte[TextTable.MaxLength];

    // Longer texts than the table holds.
    private readonly Dictionary<string, int> _longEntries = [];

    // For each entry: its codes, and what there is to note.
    private int[] _codes;
    private readonly EntryNotes _notes = new();

    /// <summary>A run of fields in the order of the extract, each beginning where the one before ends.</summary>
    public CodeRun(IReadOnlyList<BoundField> fields, byte quote, TextDecoder decoder, RegisterBooks books)
    {
        _readers = Arrays.Make(fields, field => new CodeReader(field, quote, decoder, books[field.Column]));
        _codes = new int[256 * _readers.Length];
        _place = fields[0].Place;
        _bounds = new FieldBounds(fields[0].Bounds.Before, fields[^1].Bounds.After);
    }

    /// <summary>The columns of the run.</summary>
    public IReadOnlyList<RegisterColumn> Columns => Array.ConvertAll(_readers, reader => reader.Column);

    /// <summary>The codes of an entry, one for each column.</summary>
    public ReadOnlySpan<int> CodesOf(int entry) => _codes.AsSpan(entry * _readers.Length, _readers.Length);

    /// <summary>Forgets all entries where there are too many, because texts hardly repeat; true where it did.</summary>
    public bool ForgetIfFull()
    {
        if (_table.Count < MostEntries)
            return false;
        _table.Clear();
        _longEntries.Clear();
        _direct.Forget();
        _notes.Clear();
        return true;
    }

    /// <summary>Finds the entry of each row of a chunk.</summary>
    public void Parse(ParseContext context, Span<int> entries)
    {
        FieldColumn fields = context.Rows.Column(_bounds);
        if (context.Table is { } table && table.IsDirect(_place))
            _direct.Find(table.Column(_place), table.From, this, entries);
        else
            for (int row = 0; (row = _table.Find(fields, row, entries)) < entries.Length; row++)
                entries[row] = row > 0 && fields[row].SequenceEqual(fields[row - 1]) ? entries[row - 1] : Learn(fields[row], row, context);
        _notes.Note(entries, context);
    }

    /// <summary>The place of the first column of the run.</summary>
    public int Place => _place;

    /// <summary>The reader of the first column of the run.</summary>
    public CodeReader Reader => _readers[0];

    /// <summary>The entry of a text of the only column of the run.</summary>
    public int EntryOf(ReadOnlySpan<byte> raw)
    {
        bool isLong = raw.Length > TextTable.MaxLength;
        if (!isLong)
        {
            raw.CopyTo(_padded);
            raw = _padded.AsSpan(0, raw.Length);
        }
        int entry = Add(raw, isLong, out bool isNew);
        if (!isNew)
            return entry;
        var notes = new CodeNotes();
        int code = _readers[0].ReadText(raw, ref notes);
        Reserve(entry);
        _codes[entry] = code;
        _notes.Set(entry, notes);
        return entry;
    }

    // The entry of a row that the table did not find: it is new, or its text is too long for the table.
    private int Learn(ReadOnlySpan<byte> raw, int row, ParseContext context)
    {
        int entry = Add(raw, raw.Length > TextTable.MaxLength, out bool isNew);
        if (!isNew)
            return entry;
        Reserve(entry);
        var notes = new CodeNotes();
        for (int i = 0; i < _readers.Length; i++)
            _codes[(entry * _readers.Length) + i] = _readers[i].Read(context.Rows, row, ref notes);
        _notes.Set(entry, notes);
        return entry;
    }

    private int Add(ReadOnlySpan<byte> raw, bool isLong, out bool isNew)
    {
        string text = isLong ? Encoding.Latin1.GetString(raw) : "";
        int entry = isLong ? _longEntries.GetValueOrDefault(text, TextTable.None) : _table.Find(raw);
        isNew = entry == TextTable.None;
        if (!isNew)
            return entry;
        entry = isLong ? _table.TakeNumber() : _table.Add(raw);
        if (isLong)
            _longEntries.Add(text, entry);
        return entry;
    }

    private void Reserve(int entry)
    {
        if (entry * _readers.Length >= _codes.Length)
            Array.Resize(ref _codes, entry * 2 * _readers.Length);
    }
}
