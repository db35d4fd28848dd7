using System.Numerics;

namespace RegisterEngine.Sources.Fields;

/// <summary>What there is to note about the rows of each entry: summed up in bits, of which most entries have none, and in full for the few that need more.</summary>
/// <remarks>A summary has a bit for each finding, one for each encoding, and the highest for anything more.</remarks>
internal sealed class EntryNotes
{
    private const int More = int.MinValue;
    private const int EncodingShift = 16;
    private const int FirstFindings = (1 << EncodingShift) - 1;

    private readonly Dictionary<int, CodeNotes> _more = [];
    private int[] _summaries = new int[256];

    /// <summary>The summary of all entries.</summary>
    public int Summary { get; private set; }

    /// <summary>The encodings of a summary.</summary>
    public static FoundEncodings EncodingsOf(int summary) => (FoundEncodings)((summary & ~More) >> EncodingShift);

    /// <summary>Whether a summary has anything but encodings.</summary>
    public static bool HasMore(int summary) => (summary & (More | FirstFindings)) != 0;

    /// <summary>Says what there is to note about an entry.</summary>
    public void Set(int entry, CodeNotes notes)
    {
        if (entry >= _summaries.Length)
            Array.Resize(ref _summaries, entry * 2);
        bool needsMore = notes.Padded > 0 || notes.Error is not null;
        if (needsMore)
            _more[entry] = notes;
        _summaries[entry] = notes.Findings | ((int)notes.Encodings << EncodingShift) | (needsMore ? More : 0);
        Summary |= _summaries[entry];
    }

    /// <summary>What there is to note about the rows of an entry, in bits; 0 for nothing.</summary>
    public int SummaryOf(int entry) => _summaries[entry];

    /// <summary>The error of each row of an entry.</summary>
    public RowError? ErrorOf(int entry) => _summaries[entry] < 0 ? _more[entry].Error : null;

    /// <summary>Forgets all entries.</summary>
    public void Clear()
    {
        _more.Clear();
        Summary = 0;
    }

    /// <summary>Notes what there is to note about some rows of an entry, but for their errors.</summary>
    public void Note(int entry, int rows, SourceCounts counts)
    {
        int summary = _summaries[entry];
        if (summary < 0)
            counts.Count(Repair.PaddedCode, (long)_more[entry].Padded * rows);
        counts.Note(EncodingsOf(summary));
        for (int found = summary & FirstFindings; found != 0; found &= found - 1)
            counts.Count((Finding)BitOperations.TrailingZeroCount(found), rows);
    }

    /// <summary>Notes what there is to note about rows, by their entries.</summary>
    public void Note(ReadOnlySpan<int> entries, ParseContext context)
    {
        if (!HasMore(Summary) && (EncodingsOf(Summary) & ~context.Counts.Encodings) == 0)
            return;
        int found = 0;
        foreach (int entry in entries)
            found |= _summaries[entry];
        if ((found & More) != 0)
            NoteMore(entries, context);
        context.Counts.Note(EncodingsOf(found));
        for (found &= FirstFindings; found != 0; found &= found - 1)
            Count((Finding)BitOperations.TrailingZeroCount(found), entries, context.Counts);
    }

    private void Count(Finding finding, ReadOnlySpan<int> entries, SourceCounts counts)
    {
        int rows = 0;
        foreach (int entry in entries)
            rows += (_summaries[entry] >> (int)finding) & 1;
        counts.Count(finding, rows);
    }

    private void NoteMore(ReadOnlySpan<int> entries, ParseContext context)
    {
        for (int row = 0; row < entries.Length; row++)
        {
            if (_summaries[entries[row]] >= 0)
                continue;
            CodeNotes notes = _more[entries[row]];
            if (notes.Error is { } error)
                context.Errors.Add(error with { Row = row });
            context.Counts.Count(Repair.PaddedCode, notes.Padded);
        }
    }
}
