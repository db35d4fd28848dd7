namespace RegisterEngine.Synthetic;

/// <summary>The published figures as margins of the cells of a year.</summary>
internal static class TurnoverMargins
{
    private static readonly string[] PublishedCodes = [.. PublishedTargets.PositionCodes];

    /// <summary>By position, age, health personnel, service area, and for the whole sector.</summary>
    public static IReadOnlyList<Margin> Of(RiskCell[] cells, int[] persons, int year) =>

    [
        ByPosition(cells, year), ByAge(cells), OfEvaluation(cells, persons), OfHealthPersonnel(cells, persons, year), OfHealthAndCare(cells, year), OfSector(cells, year),
    ];

    private static Margin ByPosition(RiskCell[] cells, int year)
    {
        int[] groupOfPosition = [.. Positions.All.Select(position => Array.IndexOf(PublishedCodes, position.Code))];
        return new([.. cells.Select(cell => groupOfPosition[cell.Position])], [.. PublishedCodes.Select(code => PublishedTargets.Position(code, year)!.Value)]);
    }

    private static Margin ByAge(RiskCell[] cells) =>
        new([.. cells.Select(cell => PublishedTargets.Age(cell.AgeGroup) is null ? Margin.Free : cell.AgeGroup)],
            [.. PublishedTargets.AgeStarts.Select((_, group) => PublishedTargets.Age(group) ?? 0)]);

    // Nurses and others, so that all together have the rate of all.
    private static Margin OfEvaluation(RiskCell[] cells, int[] persons)
    {
        int[] groups = [.. cells.Select(cell => !cell.IsInEvaluation ? Margin.Free : Positions.All[cell.Position].Family == JobFamily.Nursing ? 0 : 1)];
        double nurses = groups.Zip(persons).Where(pair => pair.First == 0).Sum(pair => pair.Second);
        double others = groups.Zip(persons).Where(pair => pair.First == 1).Sum(pair => pair.Second);
        double rest = (PublishedTargets.EvaluationNewHires * (nurses + others)) - (PublishedTargets.EvaluationNurses * nurses);
        return new(groups, [PublishedTargets.EvaluationNurses, rest / others]);
    }

    private static Margin OfHealthAndCare(RiskCell[] cells, int year) =>
        new([.. cells.Select(cell => cell.InHealth ? 0 : Margin.Free)], [PublishedTargets.HealthAndCare(year)]);

    private static Margin OfSector(RiskCell[] cells, int year) => new(new int[cells.Length], [PublishedTargets.Sector(year)]);

    // New hires by county, others in Oslo and elsewhere. What Oslo has beyond the country as a whole, all other counties together have less.
    private static Margin OfHealthPersonnel(RiskCell[] cells, int[] persons, int year)
    {
        int counties = County.All.Count;
        int inOslo = counties;
        int elsewhere = counties + 1;
        double[] counts = new double[counties + 2];
        int[] groups = new int[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            RiskCell cell = cells[i];
            groups[i] = !cell.IsHealthPersonnel ? Margin.Free : cell.IsNewHire ? cell.Region : cell.Region == RiskCell.Oslo ? inOslo : elsewhere;
            if (groups[i] != Margin.Free)
                counts[groups[i]] += persons[i];
        }
        double[] rates = [.. County.All.Select(county => PublishedTargets.HealthNewHiresIn(county.Code, year)), PublishedTargets.HealthOthersInOslo(year), 0];
        double newHires = counts.Take(counties).Sum();
        double expected = counts.Zip(rates).Take(counties).Sum(pair => pair.First * pair.Second) - (counts[RiskCell.Oslo] * rates[RiskCell.Oslo]);
        double wanted = (PublishedTargets.HealthNewHires(year) * newHires) - (counts[RiskCell.Oslo] * rates[RiskCell.Oslo]);
        for (int county = 0; county < counties; county++)
            rates[county] *= county == RiskCell.Oslo ? 1 : wanted / expected;
        rates[elsewhere] = ((PublishedTargets.HealthOthers(year) * (counts[inOslo] + counts[elsewhere])) - (rates[inOslo] * counts[inOslo])) / counts[elsewhere];
        return new(groups, rates);
    }
}
