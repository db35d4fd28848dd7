using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>A sample with a name.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Sample">Which person-years it has.</param>
public sealed record NamedSample(string Name, Sample Sample);

/// <summary>Mentors, and new hires with and without one: counts, and nobody's key.</summary>
/// <param name="Lines">
/// By population: each municipality and year, municipalities by code; then each year of these municipalities together, and all years. Only municipalities where
/// somebody listed was found, and only years in which somebody was.
/// </param>
/// <param name="Listed">By population and role: what became of those who are listed.</param>
public sealed record MonitoringTable(IReadOnlyList<MonitoringLine> Lines, IReadOnlyList<ListedLine> Listed);

/// <summary>Mentors and new hires of a municipality in a year.</summary>
public sealed class MonitoringLine
{
    private readonly int[] _transitions;

    internal MonitoringLine(string population, string? municipality, int? year, MentorCounts counts)
    {
        Population = population;
        Municipality = municipality;
        Year = year;
        Mentors = counts.Mentors;
        TrainedMentors = counts.TrainedMentors;
        NewHires = counts.NewHires;
        PerhapsNewHires = counts.PerhapsNewHires;
        _transitions = [.. counts.Transitions];
    }

    /// <summary>The population of new hires.</summary>
    public string Population { get; }

    /// <summary>The municipality of the main job, empty where unknown; null for all that have lines.</summary>
    public string? Municipality { get; }

    /// <summary>The year; null for all that have lines, where a person of two years counts twice.</summary>
    public int? Year { get; }

    /// <summary>Mentors, trained or not, of the population or not.</summary>
    public long Mentors { get; }

    /// <summary>Those of them who were trained.</summary>
    public long TrainedMentors { get; }

    /// <summary>New hires of the population.</summary>
    public long NewHires { get; }

    /// <summary>Persons of the population of whom nobody knows whether they are new hires.</summary>
    public long PerhapsNewHires { get; }

    /// <summary>New hires who have a mentor.</summary>
    public Proportion WithMentor => new(new CellCounts(_transitions).Total, NewHires);

    /// <summary>Those of them of whom it is known what became of them.</summary>
    public long KnownTransitions => WithMentor.Count - _transitions[(int)Transition.Unknown];

    /// <summary>Those of these who have left.</summary>
    public Proportion Left(Measure measure) => new(measure.Leavers(new CellCounts(_transitions)), KnownTransitions);
}

/// <summary>What became of those who are listed with a role: each once a year. Listed = other years + not found + not new hires + counted.</summary>
/// <param name="Population">The population of new hires.</param>
/// <param name="Role">The role, as it is listed; trained mentors are among mentors.</param>
/// <param name="Listed">How many are listed.</param>
/// <param name="OtherYears">Those of them in years that the population does not have.</param>
/// <param name="NotFound">Those who are not in the panel in that year.</param>
/// <param name="NotNewHires">Mentees who are not known to be new hires of the population; null for mentors, who need not be.</param>
public sealed record ListedLine(string Population, string Role, long Listed, long OtherYears, long NotFound, long? NotNewHires)
{
    /// <summary>Those who are counted.</summary>
    public long Counted => Listed - OtherYears - NotFound - (NotNewHires ?? 0);
}
