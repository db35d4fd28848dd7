using RegisterEngine.Columns;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources;

/// <summary>What was repaired in a row that is otherwise sound.</summary>
public enum Repair
{
    /// <summary>A code was filled with zeros on the left.</summary>
    PaddedCode,

    /// <summary>A number was written with the other decimal sign than declared.</summary>
    DecimalSign,

    /// <summary>A number had more decimals than two and was rounded.</summary>
    Rounded,

    /// <summary>A date was followed by a time of day, which was dropped.</summary>
    TimeOfDay,

    /// <summary>The day or the month of a date lacked its zero.</summary>
    PaddedDate,
}

/// <summary>What was noticed about a value without consequence for the row.</summary>
public enum Finding
{
    /// <summary>An organisation number with a wrong check digit or form.</summary>
    InvalidOrganisationNumber,

    /// <summary>A code that is not in the list of known codes.</summary>
    UnknownCode,

    /// <summary>A person key of eleven digits.</summary>
    ElevenDigitPerson,

    /// <summary>A person key that is a valid national identity number.</summary>
    NationalIdPerson,
}

/// <summary>Encodings that texts were found to be in, where the layout does not say; those in ASCII alone are in any.</summary>
[Flags]
public enum FoundEncodings
{
    /// <summary>No text that would tell.</summary>
    None = 0,

    /// <summary>A text is valid UTF-8.</summary>
    Utf8 = 1,

    /// <summary>A text is not valid UTF-8, and was read as Windows-1252.</summary>
    Windows1252 = 2,
}

/// <summary>Counts of what happened to the rows of one input. Adding two is exact, in any order.</summary>
public sealed class SourceCounts
{
    /// <summary>As many reasons, ways and findings there may be.</summary>
    internal const int MostKinds = 16;

    private readonly long[] _rejects = new long[MostKinds];
    private readonly long[] _repairs = new long[MostKinds];
    private readonly long[] _findings = new long[MostKinds];

    /// <summary>Rows that were read: accepted, rejected, or of other years than those wanted; blank lines are none. Those of skipped row groups count too.</summary>
    public long Read { get; private set; }

    /// <summary>Rows that were rejected.</summary>
    public long Rejected
    {
        get
        {
            long rejected = 0;
            foreach (long rows in _rejects)
                rejected += rows;
            return rejected;
        }
    }

    /// <summary>Rows of other years than those wanted.</summary>
    public long OtherYears { get; private set; }

    /// <summary>Those of <see cref="OtherYears"/> that lie in row groups which were skipped by their statistics: their number is what the file says it is.</summary>
    public long Skipped { get; private set; }

    /// <summary>Rows that were accepted.</summary>
    public long Accepted => Read - Rejected - OtherYears;

    /// <summary>The encodings that texts of accepted rows were found to be in.</summary>
    public FoundEncodings Encodings { get; private set; }

    /// <summary>Whether any value was repaired.</summary>
    internal bool HasRepairs => _repairs.AsSpan().ContainsAnyExcept(0);

    /// <summary>Rows that were rejected for a reason.</summary>
    public long this[RejectReason reason] => _rejects[(int)reason];

    /// <summary>Values that were repaired in a way.</summary>
    public long this[Repair repair] => _repairs[(int)repair];

    /// <summary>Values about which something was found.</summary>
    public long this[Finding finding] => _findings[(int)finding];

    /// <summary>Counts rows that were read.</summary>
    public void CountRead(long rows) => Read += rows;

    /// <summary>Counts rows of other years than those wanted (which must also be counted as read).</summary>
    public void CountOtherYears(long rows) => OtherYears += rows;

    /// <summary>Counts rows of a row group that was skipped, since all of them are of other years: nothing else must count them.</summary>
    public void CountSkipped(long rows)
    {
        Read += rows;
        OtherYears += rows;
        Skipped += rows;
    }

    /// <summary>Counts a rejected row (which must also be counted as read).</summary>
    public void Count(RejectReason reason) => _rejects[(int)reason]++;

    /// <summary>Counts repaired values.</summary>
    public void Count(Repair repair, long values = 1) => _repairs[(int)repair] += values;

    /// <summary>Counts values about which something was found.</summary>
    public void Count(Finding finding, long values = 1) => _findings[(int)finding] += values;

    /// <summary>Notes that texts are in some encodings.</summary>
    public void Note(FoundEncodings encodings) => Encodings |= encodings;

    /// <summary>Adds another count.</summary>
    public void Merge(SourceCounts other)
    {
        Encodings |= other.Encodings;
        Read += other.Read;
        OtherYears += other.OtherYears;
        Skipped += other.Skipped;
        for (int i = 0; i < _rejects.Length; i++)
            _rejects[i] += other._rejects[i];
        for (int i = 0; i < _repairs.Length; i++)
            _repairs[i] += other._repairs[i];
        for (int i = 0; i < _findings.Length; i++)
            _findings[i] += other._findings[i];
    }

    /// <summary>Sets all counts to zero.</summary>
    public void Clear()
    {
        Read = OtherYears = Skipped = 0;
        Encodings = FoundEncodings.None;
        Array.Clear(_rejects);
        Array.Clear(_repairs);
        Array.Clear(_findings);
    }
}

/// <summary>What one input was, and what became of its rows.</summary>
public sealed class SourceReport
{
    private readonly Extract _extract;

    internal SourceReport(Extract extract) => _extract = extract;

    /// <summary>The input.</summary>
    public ExtractInput Input => _extract.Input;

    /// <summary>Place of the input in the list, as batches name it.</summary>
    public int Origin => _extract.Origin;

    /// <summary>Name of the layout that fits it.</summary>
    public string Layout => _extract.Fields.Layout.Name;

    /// <summary>The year of all rows, where it was taken from the name of the file; null where a column has it.</summary>
    public int? YearFromName => _extract.Fields.Year;

    /// <summary>Whether nothing but its beginning was read, since the year in its name is none of those wanted; its rows are not counted.</summary>
    public bool IsNotRead => _extract.IsOfOtherYear;

    /// <summary>The name of the input as a pattern for its last year, where it holds several and the first was taken; null elsewhere.</summary>
    public string? PatternOfLastYear => YearFromName is null || _extract.Fields.Layout.YearInFileName is not null ? null : NamedFields.PatternOfLastYear(Input.Name);

    /// <summary>Canonical columns that the input lacks.</summary>
    public IReadOnlyList<RegisterColumn> Lacking => _extract.Fields.Lacking;

    /// <summary>Whether the layout lists the known codes of a column, so that others can be counted.</summary>
    public bool KnowsCodes => _extract.Fields.Fields.Any(bound => bound.Field.KnownCodes is not null);

    /// <summary>Counts of rows.</summary>
    public SourceCounts Counts => _extract.Counts;

    /// <summary>Bytes, after decompression.</summary>
    public long Bytes => _extract.BytesRead;

    /// <summary>The rejected rows, by line. They may hold ids: for the quarantine file only.</summary>
    public IEnumerable<Reject> Rejects => _extract.Rejects;
}
