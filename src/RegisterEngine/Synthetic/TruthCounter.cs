namespace RegisterEngine.Synthetic;

/// <summary>Counts the person-years of a year and what became of them, group by group.</summary>
internal sealed class TruthCounter(MunicipalSector sector, People people, int firstYear, int lastYear)
{
    private const string Yes = "yes";
    private const string No = "no";

    /// <summary>The figures of a year.</summary>
    public YearTruth Count(RegisterYear year)
    {
        bool knowsNewHires = year.Year > firstYear;
        bool knowsOutcomes = year.Year < lastYear;
        var all = new GroupCounts([""]);
        var byPosition = new GroupCounts([.. Positions.All.Select(position => position.Code)]);
        var byAge = new GroupCounts([.. PublishedTargets.AgeStarts.Select(age => $"{age}")]);
        var byNewHire = new GroupCounts([No, Yes]);
        var byArea = new GroupCounts(ServiceAreas.Names);
        var health = new GroupCounts([No, Yes]);
        var healthByCounty = new GroupCounts([.. County.All.Select(county => county.Code)]);
        foreach (ref readonly Employment job in year.Employments)
        {
            if (!job.IsMainJob)
                continue;
            ServiceArea area = sector.AreaOfWorkplace[job.Workplace];
            int newHire = job.IsNewHire ? 1 : 0;
            all.Add(0, job.Outcome);
            byPosition.Add(job.Position, job.Outcome);
            byAge.Add(Ages.GroupOf(year.Year - people[job.Person].BirthYear), job.Outcome);
            byNewHire.Add(newHire, job.Outcome);
            byArea.Add((int)area, job.Outcome);
            if (area != ServiceArea.HealthAndCare || !Positions.All[job.Position].IsHealthPersonnel)
                continue;
            health.Add(newHire, job.Outcome);
            if (job.IsNewHire)
                healthByCounty.Add(sector.Municipalities[sector.MunicipalityOfWorkplace[job.Workplace]].County, job.Outcome);
        }
        return new YearTruth
        {
            Year = year.Year,
            Rows = year.Employments.Length,
            All = all.Groups(knowsOutcomes)[0],
            NewHires = knowsNewHires ? byNewHire.Groups(knowsOutcomes)[1].Persons : null,
            ByPosition = byPosition.Groups(knowsOutcomes),
            ByAge = byAge.Groups(knowsOutcomes),
            ByNewHire = knowsNewHires ? byNewHire.Groups(knowsOutcomes) : [],
            ByServiceArea = byArea.Groups(knowsOutcomes),
            HealthPersonnelByNewHire = knowsNewHires ? health.Groups(knowsOutcomes) : [],
            HealthPersonnelNewHiresByCounty = knowsNewHires ? healthByCounty.Groups(knowsOutcomes) : [],
        };
    }

    /// <summary>Counts by group and outcome.</summary>
    private sealed class GroupCounts(IReadOnlyList<string> names)
    {
        private static readonly int Outcomes = Enum.GetValues<Outcome>().Length;

        private readonly int[] _counts = new int[names.Count * Outcomes];

        public void Add(int group, Outcome outcome) => _counts[(group * Outcomes) + (int)outcome]++;

        public IReadOnlyList<GroupTruth> Groups(bool knowsOutcomes) =>
        [
            .. names.Select((name, group) => new GroupTruth(
                name,
                _counts.AsSpan(group * Outcomes, Outcomes).ToArray().Sum(),
                knowsOutcomes ? Of(group, Outcome.Left) : null,
                knowsOutcomes ? Of(group, Outcome.MovedWithin) : null,
                knowsOutcomes ? Of(group, Outcome.MovedBetween) : null)),
        ];

        private int Of(int group, Outcome outcome) => _counts[(group * Outcomes) + (int)outcome];
    }
}
