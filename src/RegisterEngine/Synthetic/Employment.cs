namespace RegisterEngine.Synthetic;

/// <summary>Forms of employment.</summary>
internal enum EmploymentForm : byte
{
    Permanent,
    Temporary,
    Substitute,
}

/// <summary>What became of a main job one year later.</summary>
internal enum Outcome : byte
{
    /// <summary>Nobody knows: it is the last year.</summary>
    Unknown,

    /// <summary>At the same workplace.</summary>
    Stayed,

    /// <summary>At another workplace of the municipality.</summary>
    MovedWithin,

    /// <summary>At a workplace of another municipality.</summary>
    MovedBetween,

    /// <summary>Not employed.</summary>
    Left,
}

/// <summary>An employment at a count: 16 bytes.</summary>
/// <param name="Person">Serial number of the person.</param>
/// <param name="Workplace">Place of the workplace.</param>
/// <param name="Start">First day, see <see cref="Calendar"/>.</param>
/// <param name="Size">Position size in hundredths of a percent.</param>
/// <param name="Position">Place of the position.</param>
/// <param name="Form">Form of employment.</param>
internal readonly record struct Employment(int Person, int Workplace, ushort Start, ushort Size, byte Position, EmploymentForm Form)
{
    private const byte Main = 1;
    private const byte NewHire = 2;
    private const int OutcomeShift = 2;

    private readonly byte _facts;

    /// <summary>Whether it is the main job: the person's largest.</summary>
    public bool IsMainJob => (_facts & Main) != 0;

    /// <summary>Whether it is a main job at another workplace than that of the year before.</summary>
    public bool IsNewHire => (_facts & NewHire) != 0;

    /// <summary>What became of it, where it is a main job.</summary>
    public Outcome Outcome => (Outcome)(_facts >> OutcomeShift);

    /// <summary>The same as a main job.</summary>
    public Employment AsMainJob(bool isNewHire) => this with { Facts = (byte)(Main | (isNewHire ? NewHire : 0)) };

    /// <summary>The same main job with what became of it.</summary>
    public Employment With(Outcome outcome) => this with { Facts = (byte)((_facts & (Main | NewHire)) | ((int)outcome << OutcomeShift)) };

    private byte Facts
    {
        init => _facts = value;
    }
}

/// <summary>The names of forms of employment.</summary>
internal static class EmploymentForms
{
    /// <summary>Norwegian names, as extracts have them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Fast", "Midlertidig", "Vikar"];
}
