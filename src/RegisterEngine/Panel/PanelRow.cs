using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>
/// An employment on its way into the panel and, once the panel is built, a person-year described by its main job: 32 bytes, two to a cache line.
/// </summary>
/// <remarks>
/// <para>Facts, of which the lowest 4 bits are free, from the highest bit: position size + 1 (20 bits, 0 unknown), start date (17, the earlier the larger, 0 unknown), year of birth (8, 0 unknown),
/// year (8), sex (2), new hire (2), transition (3). So one comparison of the highest 37 bits settles the first two rules of the main job.</para>
/// <para>Pay in hundredths + 1 (48 bits, 0 unknown) shares a word with the place of the input (16).</para>
/// <para>The fields stand in this order, without gaps: <see cref="PackedRows"/> are written as they are.</para>
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PanelRow
{
    private const int SizeShift = 44;
    private const int StartShift = 27;
    private const int BirthShift = 19;
    private const int YearShift = 11;
    private const int SexShift = 9;
    private const int NewHireShift = 7;
    private const int TransitionShift = NewHireShift - TransitionBits;
    private const int OriginBits = 16;
    private const int LatestStart = (1 << (SizeShift - StartShift)) - 1;
    private const int BirthOrigin = 1859;

    // Days from 1900-01-01 to 1970-01-01.
    private const int EpochDays = 25567;

    private readonly ulong _facts;
    private readonly ulong _pay;

    private PanelRow(long person, ulong facts, ulong pay, int unit, int job)
    {
        Person = person;
        _facts = facts;
        _pay = pay;
        Unit = unit;
        Job = job;
    }

    /// <summary>Bytes of a row.</summary>
    internal const int Bytes = 32;

    /// <summary>Bits that tell a transition.</summary>
    internal const int TransitionBits = 3;

    /// <summary>First year that a row can hold.</summary>
    public static int FirstYear => RegisterLimits.Years.From;

    /// <summary>How many years a row can tell apart.</summary>
    public const int YearCount = 256;

    /// <summary>How many values <see cref="AgeIndex"/> has.</summary>
    internal const int AgeCount = 1 << (StartShift - YearShift);

    /// <summary>The highest age there is.</summary>
    internal static int OldestAge => AgeAt((1 << (BirthShift - YearShift)) | (YearCount - 1))!.Value;

    /// <summary>The most inputs that rows can tell apart; all further ones count as the last.</summary>
    public const int MostOrigins = 1 << OriginBits;

    /// <summary>Key of the person: of digits where it is not negative; else for other texts.</summary>
    public long Person { get; }

    /// <summary>Code of municipality, workplace and its name: see <see cref="RegisterBooks.Units"/>.</summary>
    public int Unit { get; }

    /// <summary>Code of position, its name, service area and form of employment: see <see cref="RegisterBooks.Jobs"/>.</summary>
    public int Job { get; }

    /// <summary>Year minus <see cref="FirstYear"/>.</summary>
    public int YearIndex => Part(YearShift, 0xFF);

    /// <summary>The year.</summary>
    public int Year => YearIndex + FirstYear;

    /// <summary>Position size in hundredths of a percent; negative where unknown.</summary>
    public int Size => (int)(_facts >> SizeShift) - 1;

    /// <summary>Year of birth; 0 where unknown.</summary>
    public int BirthYear => Part(BirthShift, 0xFF) is var offset && offset > 0 ? offset + BirthOrigin : 0;

    /// <summary>Year of birth and year as one number, below <see cref="AgeCount"/>: see <see cref="AgeAt"/>.</summary>
    internal int AgeIndex => Part(YearShift, AgeCount - 1);

    /// <summary>Sex.</summary>
    public Sex Sex => (Sex)Part(SexShift, 3);

    /// <summary>First day of the employment, in days since 1970-01-01; null where unknown.</summary>
    public int? Start => Part(StartShift, LatestStart) is var rank && rank > 0 ? LatestStart - rank - EpochDays : null;

    /// <summary>Pay in hundredths; null where unknown.</summary>
    public long? Pay => (long)(_pay >> OriginBits) is var pay && pay > 0 ? pay - 1 : null;

    /// <summary>Place of the input that the row came from.</summary>
    public int Origin => (int)(_pay & (MostOrigins - 1));

    /// <summary>Whether the workplace is another than the year before.</summary>
    public NewHire NewHire => (NewHire)Part(NewHireShift, 3);

    /// <summary>What became of the person-year one year later.</summary>
    public Transition Transition => (Transition)Part(TransitionShift, 7);

    /// <summary>Size and start date as one number: the larger, the more it is the main job.</summary>
    internal ulong SizeThenStart => _facts >> StartShift;

    /// <summary>The age of rows with an <see cref="AgeIndex"/>: year less year of birth, 0 at least; null where unknown.</summary>
    internal static int? AgeAt(int index) => index >> (BirthShift - YearShift) is var birth && birth > 0
        ? Math.Max((index & (YearCount - 1)) + FirstYear - birth - BirthOrigin, 0)
        : null;

    /// <summary>Makes an employment.</summary>
    /// <param name="person">Key of the person.</param>
    /// <param name="unit">Code of municipality, workplace and name.</param>
    /// <param name="job">Code of position, name, service area and form.</param>
    /// <param name="values">The other columns, with missing values as in <see cref="RegisterBatch"/>.</param>
    /// <param name="origin">Place of the input.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelRow Employment(long person, int unit, int job, in EmploymentValues values, int origin)
    {
        ulong size = values.Size == RegisterBatch.MissingNumber ? 0 : (ulong)(values.Size + 1);
        ulong start = values.Start == RegisterBatch.MissingNumber ? 0 : (ulong)(LatestStart - (values.Start + EpochDays));
        ulong birth = values.BirthYear == RegisterBatch.MissingNumber ? 0 : (ulong)(values.BirthYear - BirthOrigin);
        ulong sex = values.Sex == RegisterBatch.MissingNumber ? 0 : (ulong)values.Sex;
        ulong facts = (size << SizeShift) | (start << StartShift) | (birth << BirthShift)
            | ((ulong)(values.Year - RegisterLimits.Years.From) << YearShift) | (sex << SexShift);
        ulong pay = values.Pay == RegisterBatch.MissingLong ? 0 : (ulong)(values.Pay + 1);
        return new PanelRow(person, facts, (pay << OriginBits) | (uint)origin, unit, job);
    }

    /// <summary>Makes the first two words of all employments of a batch, as <see cref="Employment"/> does for one.</summary>
    internal static void Pack(ColumnBatch batch, int origin, Span<ulong> facts, Span<ulong> pays)
    {
        facts.Clear();
        Put(facts, BatchColumn.PositionSize, SizeShift, 1);
        Put(facts, BatchColumn.StartDate, StartShift, LatestStart - EpochDays, isNegated: true);
        Put(facts, BatchColumn.BirthYear, BirthShift, -BirthOrigin);
        Put(facts, BatchColumn.Year, YearShift, -RegisterLimits.Years.From);
        Put(facts, BatchColumn.Sex, SexShift, 0);
        pays.Fill((ulong)origin);
        BitFields.Add(pays, batch.Longs(BatchColumn.Pay)[..batch.Rows], RegisterBatch.MissingLong, 1, OriginBits);

        void Put(Span<ulong> words, BatchColumn column, int shift, int first, bool isNegated = false) =>
            BitFields.Add(words, batch.Numbers(column)[..batch.Rows], RegisterBatch.MissingNumber, first, isNegated, shift);
    }

    /// <summary>Rows as words, four for each, in the order of their fields.</summary>
    internal static Span<ulong> WordsOf(Span<PanelRow> rows) => Buffers.As<ulong>(Buffers.AsBytes(rows));

    /// <summary>Rows as words, four for each, in the order of their fields.</summary>
    internal static ReadOnlySpan<ulong> WordsOf(ReadOnlySpan<PanelRow> rows) => Buffers.As<ulong>(Buffers.AsBytes(rows));

    /// <summary>The same person-year with what is derived from the years beside it; an employment has nothing of it yet.</summary>
    internal PanelRow With(NewHire newHire, Transition transition) =>
        new(Person, _facts | ((ulong)newHire << NewHireShift) | ((ulong)transition << TransitionShift), _pay, Unit, Job);

    /// <summary>Adds to employments, which have none yet, what is derived from the years beside them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="outcomes">For each, the transition, and above its bits whether it is a new hire.</param>
    internal static void SetOutcomes(Span<PanelRow> rows, ReadOnlySpan<int> outcomes)
    {
        Span<ulong> words = WordsOf(rows);
        outcomes = outcomes[..rows.Length];
        for (int row = 0; row < outcomes.Length; row++)
            words[row * (Bytes / sizeof(ulong))] |= (ulong)outcomes[row] << TransitionShift;
    }

    /// <summary>The same employment of another size and start.</summary>
    internal PanelRow With(int size, PanelRow startOf)
    {
        const ulong start = (ulong)LatestStart << StartShift;
        ulong rest = _facts & ((1UL << SizeShift) - 1) & ~start;
        return new(Person, ((ulong)(size + 1) << SizeShift) | (startOf._facts & start) | rest, _pay, Unit, Job);
    }

    /// <summary>The same row under another key of the person.</summary>
    internal PanelRow WithPerson(long person) => new(person, _facts, _pay, Unit, Job);

    /// <summary>Whether all columns of two employments of a person are equal; the input that they came from does not count.</summary>
    internal bool IsDuplicateOf(PanelRow other) =>
        _facts == other._facts && Unit == other.Unit && Job == other.Job && _pay >> OriginBits == other._pay >> OriginBits;

    private int Part(int shift, int mask) => (int)(_facts >> shift) & mask;
}

/// <summary>The columns of an employment that are numbers, with missing values as in <see cref="RegisterBatch"/>.</summary>
public readonly record struct EmploymentValues(int Year, int BirthYear, int Sex, int Size, int Start, long Pay);

/// <summary>Whether a person-year's workplace is another than the year before.</summary>
public enum NewHire
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>At the same workplace the year before.</summary>
    No,

    /// <summary>Not there the year before.</summary>
    Yes,
}

/// <summary>What became of a person-year one year later.</summary>
public enum Transition
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>At the same workplace.</summary>
    Stay,

    /// <summary>At another workplace of the same municipality.</summary>
    MoveWithinMunicipality,

    /// <summary>At a workplace of another municipality.</summary>
    MoveBetweenMunicipalities,

    /// <summary>In the register, but not in the universe.</summary>
    LeaveUniverse,

    /// <summary>Not in the register.</summary>
    LeaveRegister,
}
