using System.Text.Json.Serialization;
using RegisterEngine.Columns;

namespace RegisterEngine.Synthetic;

/// <summary>Which synthetic register is made. Equal options give equal bytes, whatever the machine and the number of threads.</summary>
public sealed record SyntheticOptions
{
    /// <summary>The smallest register: below it there is no workplace for every service area of every municipality.</summary>
    public const int FewestPersons = 5_000;

    /// <summary>The largest register: persons are numbered by whole numbers of 32 bits over all years.</summary>
    public const int MostPersons = 20_000_000;

    /// <summary>Counts that can be made.</summary>
    public static YearSpan PossibleYears { get; } = new(1970, 2090);

    /// <summary>Years of the counts (1 December).</summary>
    public YearSpan Years { get; init; } = new(2015, 2024);

    /// <summary>Employees in each year, about.</summary>
    public int Persons { get; init; } = 480_000;

    /// <summary>Another seed makes another register with the same figures.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What is wrong with the files.</summary>
    public Traps Traps { get; init; }

    /// <summary>What a programme does to new hires of some workplaces; null for no programme.</summary>
    public Treatment? Treatment { get; init; } = new();

    /// <summary>How many threads write files; never has an effect on what is written.</summary>
    [JsonIgnore]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside what can be made.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Persons, FewestPersons);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Persons, MostPersons);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Years.From, PossibleYears.From);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Years.To, PossibleYears.To);
        ArgumentOutOfRangeException.ThrowIfLessThan(Years.To, Years.From);
    }
}

/// <summary>A programme for new hires at twelve workplaces in seven municipalities, whose true effect is therefore known.</summary>
/// <remarks>A person-year is treated where it is a new hire of such a workplace in the first year of the programme there or later.</remarks>
public sealed record Treatment
{
    /// <summary>First year of the programme; at one of the workplaces it begins a year earlier.</summary>
    public int StartYear { get; init; } = 2022;

    /// <summary>How much lower the probability of a sector exit is.</summary>
    public double ExitEffect { get; init; } = 0.06;

    /// <summary>How much lower the probability of a workplace move is.</summary>
    public double MoveEffect { get; init; } = 0.03;
}

/// <summary>What can be wrong with extracts. What each does is known exactly, see <see cref="RegisterTruth"/>.</summary>
[Flags]
public enum Traps
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>By year UTF-8, Windows-1252, or UTF-8 with a byte order mark.</summary>
    Encodings = 1 << 0,

    /// <summary>By year a semicolon, comma, tab or bar between fields.</summary>
    Delimiters = 1 << 1,

    /// <summary>In some years a decimal point in place of the comma.</summary>
    DecimalPoint = 1 << 2,

    /// <summary>In some years lines end in a carriage return and a line feed.</summary>
    LineEnds = 1 << 3,

    /// <summary>Some names of workplaces hold delimiters, quotes and line breaks, between quotes.</summary>
    Quotes = 1 << 4,

    /// <summary>In some years blanks at the ends of fields.</summary>
    TrailingBlanks = 1 << 5,

    /// <summary>The last line has no end.</summary>
    NoLastLineEnd = 1 << 6,

    /// <summary>By year another order of columns, other names of them, and columns that nobody asked for.</summary>
    Columns = 1 << 7,

    /// <summary>Some rows stand twice.</summary>
    Duplicates = 1 << 8,

    /// <summary>A municipality delivers nothing in one year, another next to nothing in the year after.</summary>
    Gaps = 1 << 9,

    /// <summary>Some workplaces get new organisation numbers.</summary>
    Reorganisations = 1 << 10,

    /// <summary>Codes of municipalities change in 2018, 2020 and 2024, and some municipalities were two before.</summary>
    Mergers = 1 << 11,

    /// <summary>Rows that must be rejected, besides those that are sound.</summary>
    BadRows = 1 << 12,

    /// <summary>Some workplaces have organisation numbers with a wrong check digit.</summary>
    InvalidOrganisationNumbers = 1 << 13,

    /// <summary>Codes of digits lose their leading zeros, as in a spreadsheet.</summary>
    LostZeros = 1 << 14,

    /// <summary>Everything.</summary>
    All = (1 << 15) - 1,
}
