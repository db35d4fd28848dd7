using RegisterEngine.Columns;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads the values that the dictionary codes of one column stand for: each once in a dictionary, as an entry with a code of the column's book.</summary>
internal sealed class CodedColumn(int place, CodeReader reader)
{
    private const int None = -1;

    private readonly CodeMemo<int> _entries = new();
    private readonly Growing<int> _codes = new();
    private int _missing = None;

    /// <summary>The place of the column.</summary>
    public int Place => place;

    /// <summary>What there is to note about the rows of an entry.</summary>
    public EntryNotes Notes { get; } = new();

    /// <summary>The code of an entry.</summary>
    public int CodeOf(int entry) => _codes.Items[entry];

    /// <summary>The entry of a code of a dictionary; that of no value where the code is beyond its last.</summary>
    public int Read(DictionaryValues dictionary, int code)
    {
        if (code == dictionary.Count)
            return _missing == None ? _missing = Read([]) : _missing;
        _entries.Use(dictionary);
        if (!_entries.TryGet(code, out int entry))
            _entries.Set(code, isRead: true, entry = Read(_entries.TextOf(code)));
        return entry;
    }

    /// <summary>Forgets all entries.</summary>
    public void Forget()
    {
        _entries.Forget();
        _codes.Clear();
        Notes.Clear();
        _missing = None;
    }

    private int Read(ReadOnlySpan<byte> text)
    {
        var notes = new CodeNotes();
        int entry = _codes.Count;
        _codes.Add(reader.ReadText(text, ref notes));
        Notes.Set(entry, notes);
        return entry;
    }
}
