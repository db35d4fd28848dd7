using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>
/// Says who is a mentor, and who has one, at the workplaces of the programme once it has begun there: some health personnel who are no new hires, most of them trained,
/// and most new hires. Nothing else about the register depends on it.
/// </summary>
internal sealed class PlantedMentors(MunicipalSector sector, People people, IReadOnlyList<TreatedWorkplace> treated, SyntheticOptions options)
{
    private const ulong MentorOneIn = 4;
    private const ulong UntrainedOneIn = 3;
    private const ulong WithoutMentorOneIn = 5;

    // Position size of the evaluation, in hundredths of a percent.
    private const int EvaluationSize = 6000;

    private readonly Dictionary<int, int> _startOf = treated.ToDictionary(workplace => workplace.Workplace, workplace => workplace.StartYear);

    /// <summary>A mentor table: person, year and role.</summary>
    public string Text(IReadOnlyList<RegisterYear> years)
    {
        var text = new StringBuilder("person;year;role\n");
        foreach (RegisterYear year in years)
            foreach ((Employment job, MentorRoles role) in In(year))
                text.Append(null, $"{people[job.Person].Key};{year.Year};{MentorList.Roles.First(known => known.Role == role).Name}\n");
        return text.ToString();
    }

    /// <summary>Counts by municipality and year.</summary>
    public IReadOnlyList<MentorTruth> Truth(IReadOnlyList<RegisterYear> years) =>
    [
        .. from year in years
           from municipality in In(year).GroupBy(listed => sector.Municipalities[sector.MunicipalityOfWorkplace[listed.Job.Workplace]].Code).OrderBy(of => of.Key, StringComparer.Ordinal)
           select Count(municipality.Key, year.Year, [.. municipality]),
    ];

    private MentorTruth Count(string municipality, int year, List<(Employment Job, MentorRoles Role)> listed)
    {
        List<Employment> counted = [.. listed.Where(of => of.Role == MentorRoles.Mentee && of.Job.Size >= EvaluationSize).Select(of => of.Job)];
        int? Became(Outcome outcome) => year == options.Years.To ? null : counted.Count(job => job.Outcome == outcome);
        return new MentorTruth(
            municipality, year, listed.Count(of => (of.Role & MentorRoles.AnyMentor) != 0), listed.Count(of => of.Role == MentorRoles.TrainedMentor),
            listed.Count(of => of.Role == MentorRoles.Mentee), counted.Count, Became(Outcome.Left), Became(Outcome.MovedWithin), Became(Outcome.MovedBetween));
    }

    // Who is a mentor stays one; nobody knows who is a new hire of the first year.
    private List<(Employment Job, MentorRoles Role)> In(RegisterYear year)
    {
        var listed = new List<(Employment, MentorRoles)>();
        if (_startOf.Values.All(start => start > year.Year))
            return listed;
        foreach (Employment job in year.Employments)
        {
            if (!job.IsMainJob || !Positions.All[job.Position].IsInEvaluation || !_startOf.TryGetValue(job.Workplace, out int start) || year.Year < start)
                continue;
            ulong chance = Hashing.Mix(options.Seed ^ Hashing.Mix((ulong)people[job.Person].Key));
            if (!job.IsNewHire && chance % MentorOneIn == 0)
                listed.Add((job, (chance >> 32) % UntrainedOneIn == 0 ? MentorRoles.Mentor : MentorRoles.TrainedMentor));
            else if (job.IsNewHire && year.Year > options.Years.From && chance % WithoutMentorOneIn != 0)
                listed.Add((job, MentorRoles.Mentee));
        }
        return listed;
    }
}
