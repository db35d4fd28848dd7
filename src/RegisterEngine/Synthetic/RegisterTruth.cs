using System.Text.Json.Serialization;

namespace RegisterEngine.Synthetic;

/// <summary>What is known about a synthetic register: what an engine must find, to the last one. Figures are those of the clean register; what traps do to them is told beside.</summary>
public sealed record RegisterTruth
{
    /// <summary>The file that it is written to, in a folder of its own beside the extracts.</summary>
    public const string FileName = "truth/truth.json";

    /// <summary>The options that make the register.</summary>
    public required SyntheticOptions Options { get; init; }

    /// <summary>The service area and the position codes of health personnel.</summary>
    public required HealthPersonnelTruth HealthPersonnel { get; init; }

    /// <summary>Figures of each year.</summary>
    public required IReadOnlyList<YearTruth> Years { get; init; }

    /// <summary>The programme; null where there is none.</summary>
    public TreatmentTruth? Treatment { get; init; }

    /// <summary>Mentors and mentees at the workplaces of the programme; null where there is none.</summary>
    public IReadOnlyList<MentorTruth>? Mentors { get; init; }

    /// <summary>What the traps did to the register as a whole.</summary>
    public required TrapTruth Traps { get; init; }

    /// <summary>What was written, file by file.</summary>
    public required IReadOnlyList<ExtractTruth> Extracts { get; init; }
}

/// <summary>Who counts as health personnel.</summary>
/// <param name="ServiceArea">The service area that they work in.</param>
/// <param name="PositionCodes">Their position codes.</param>
/// <param name="EvaluationCodes">Those of them that the evaluation of the mentor programme is about.</param>
public sealed record HealthPersonnelTruth(string ServiceArea, IReadOnlyList<string> PositionCodes, IReadOnlyList<string> EvaluationCodes);

/// <summary>Figures of one year. What became of person-years is unknown in the last year, and who is a new hire in the first.</summary>
public sealed record YearTruth
{
    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>Employments.</summary>
    public required int Rows { get; init; }

    /// <summary>All person-years.</summary>
    public required GroupTruth All { get; init; }

    /// <summary>New hires; null in the first year.</summary>
    public int? NewHires { get; init; }

    /// <summary>By position code of the main job.</summary>
    public required IReadOnlyList<GroupTruth> ByPosition { get; init; }

    /// <summary>By age group, see <see cref="PublishedTargets.AgeStarts"/>; groups are called after their first age.</summary>
    public required IReadOnlyList<GroupTruth> ByAge { get; init; }

    /// <summary>New hires and others (<c>yes</c>, <c>no</c>); nothing in the first year.</summary>
    public required IReadOnlyList<GroupTruth> ByNewHire { get; init; }

    /// <summary>By service area.</summary>
    public required IReadOnlyList<GroupTruth> ByServiceArea { get; init; }

    /// <summary>Health personnel, new hires and others; nothing in the first year.</summary>
    public required IReadOnlyList<GroupTruth> HealthPersonnelByNewHire { get; init; }

    /// <summary>Health personnel who are new hires, by county; nothing in the first year.</summary>
    public required IReadOnlyList<GroupTruth> HealthPersonnelNewHiresByCounty { get; init; }
}

/// <summary>Person-years of a group and what became of them; unknown in the last year.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Persons">How many there are.</param>
/// <param name="SectorExits">How many left the sector.</param>
/// <param name="MovesWithin">How many moved to another workplace of their municipality.</param>
/// <param name="MovesBetween">How many moved to another municipality.</param>
public sealed record GroupTruth(string Group, int Persons, int? SectorExits, int? MovesWithin, int? MovesBetween)
{
    /// <summary>How many stayed at their workplace.</summary>
    public int? Stays => Persons - SectorExits - MovesWithin - MovesBetween;

    /// <summary>Sector exits over persons.</summary>
    public double? SectorExitRate => Persons == 0 ? null : (double?)SectorExits / Persons;
}

/// <summary>The programme and its true effect.</summary>
/// <param name="Workplaces">The workplaces.</param>
/// <param name="ExitEffect">How much lower the probability of a sector exit was meant to be.</param>
/// <param name="MoveEffect">How much lower the probability of a workplace move was meant to be.</param>
/// <param name="Applied">By year, how much lower the probabilities of treated new hires were on average: no probability was lowered below half a percent.</param>
public sealed record TreatmentTruth(
    IReadOnlyList<TreatedWorkplaceTruth> Workplaces, double ExitEffect, double MoveEffect, IReadOnlyList<AppliedTreatmentTruth> Applied);

/// <summary>A workplace of the programme.</summary>
/// <param name="Workplace">Organisation number.</param>
/// <param name="StartYear">First year of the programme.</param>
/// <param name="Label">Name.</param>
/// <param name="Municipality">Code of the municipality.</param>
/// <param name="Centrality">Class of centrality of the municipality, 1 (most central) to 6.</param>
/// <param name="Type">What kind of workplace it is.</param>
public sealed record TreatedWorkplaceTruth(string Workplace, int StartYear, string Label, string Municipality, int Centrality, string Type);

/// <summary>What the programme did in one year.</summary>
/// <param name="Year">First year of the pair.</param>
/// <param name="NewHires">Treated new hires.</param>
/// <param name="ExitEffect">How much lower their probability of a sector exit was on average.</param>
/// <param name="MoveEffect">How much lower their probability of a workplace move was on average.</param>
public sealed record AppliedTreatmentTruth(int Year, int NewHires, double ExitEffect, double MoveEffect);

/// <summary>Mentors and mentees of a municipality in a year.</summary>
/// <param name="Municipality">Code of the municipality.</param>
/// <param name="Year">The year.</param>
/// <param name="Mentors">Mentors, trained or not.</param>
/// <param name="TrainedMentors">Those of them who were trained.</param>
/// <param name="Mentees">New hires with a mentor, whatever the size of their positions.</param>
/// <param name="WithMentor">Those of them who belong to the evaluation: whose positions have 60 % or more.</param>
/// <param name="SectorExits">How many of these left the sector; unknown in the last year, as are moves.</param>
/// <param name="MovesWithin">How many moved to another workplace of the municipality.</param>
/// <param name="MovesBetween">How many moved to another municipality.</param>
public sealed record MentorTruth(
    string Municipality, int Year, int Mentors, int TrainedMentors, int Mentees, int WithMentor, int? SectorExits, int? MovesWithin, int? MovesBetween);

/// <summary>What the traps did to the register as a whole.</summary>
/// <param name="Gaps">Municipalities that delivered nothing, or next to nothing, in a year.</param>
/// <param name="Reorganisations">Workplaces that got a new organisation number.</param>
/// <param name="Mergers">Codes of municipalities that changed.</param>
/// <param name="InvalidOrganisationNumbers">Organisation numbers with a wrong check digit.</param>
public sealed record TrapTruth(
    IReadOnlyList<GapTruth> Gaps, IReadOnlyList<ReorganisationTruth> Reorganisations, IReadOnlyList<MergerTruth> Mergers, IReadOnlyList<string> InvalidOrganisationNumbers);

/// <summary>A municipality that delivered nothing, or next to nothing.</summary>
/// <param name="Municipality">Its code in that year.</param>
/// <param name="Year">The year.</param>
/// <param name="Rows">How many rows it delivered.</param>
public sealed record GapTruth(string Municipality, int Year, int Rows);

/// <summary>A workplace that got a new organisation number: whoever stayed looks like a mover, and then like a new hire.</summary>
/// <param name="Before">The number before.</param>
/// <param name="After">The number since.</param>
/// <param name="Year">First year of the new number.</param>
/// <param name="Stayers">Person-years of the year before that stayed.</param>
public sealed record ReorganisationTruth(string Before, string After, int Year, int Stayers);

/// <summary>A code of a municipality that was replaced by another.</summary>
/// <param name="Before">The code before.</param>
/// <param name="After">The code since.</param>
/// <param name="Year">First year of the new code.</param>
public sealed record MergerTruth(string Before, string After, int Year);

/// <summary>What was written to one file.</summary>
public sealed record ExtractTruth
{
    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>Records, sound or not; the header is none.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows equal to another one in every column.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Rows that must be rejected, by the name of the engine's reason.</summary>
    public required IReadOnlyDictionary<string, int> BadRows { get; init; }

    /// <summary>Sound rows with an invalid organisation number.</summary>
    public required int InvalidOrganisationNumbers { get; init; }

    /// <summary>Codes of sound rows that lost their leading zeros.</summary>
    public required int LostZeros { get; init; }

    /// <summary>Position sizes of sound rows that have a point where the layout says comma.</summary>
    public required int DecimalPoints { get; init; }

    /// <summary>Sound rows, duplicates among them.</summary>
    [JsonIgnore]
    public int SoundRows => Rows - BadRows.Values.Sum();
}

/// <summary>Writing without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegisterTruth))]
internal sealed partial class TruthContext : JsonSerializerContext;
