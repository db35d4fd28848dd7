namespace RegisterEngine.Synthetic;

/// <summary>A workplace that has the programme.</summary>
/// <param name="Workplace">Place of the workplace.</param>
/// <param name="StartYear">First year of the programme.</param>
internal readonly record struct TreatedWorkplace(int Workplace, int StartYear);

/// <summary>Chooses the workplaces of the programme: nursing homes and home care, each in its municipality the largest that is left.</summary>
internal static class TreatedWorkplaces
{
    // Ranks by size of seven municipalities, and how many workplaces each has; the largest three (Oslo among them) have none.
    private static readonly (int Rank, int Workplaces)[] Plan = [(3, 3), (5, 2), (8, 2), (12, 2), (16, 1), (22, 1), (27, 1)];

    // Which of all the workplaces begins a year before the others.
    private const int Early = 2;

    /// <summary>The workplaces, by their place in the sector.</summary>
    public static IReadOnlyList<TreatedWorkplace> Choose(MunicipalSector sector, Treatment? treatment)
    {
        if (treatment is null)
            return [];
        int[] bySize = [.. Enumerable.Range(0, sector.Municipalities.Length).OrderByDescending(m => sector.Municipalities[m].Seats).ThenBy(m => m)];
        List<int> chosen = [];
        foreach ((int rank, int count) in Plan)
        {
            IEnumerable<int> largest = Enumerable.Range(0, sector.Workplaces.Length).Take(sector.WorkplacesIn(bySize[rank]))
                .Where(w => sector.Workplaces[w].Type.Kind is WorkplaceTypes.NursingHome or WorkplaceTypes.HomeCare)
                .OrderByDescending(w => sector.Workplaces[w].Seats).ThenBy(w => w);
            chosen.AddRange(largest.Take(count));
        }
        return [.. chosen.Select((workplace, i) => new TreatedWorkplace(workplace, i == Early ? treatment.StartYear - 1 : treatment.StartYear)).OrderBy(t => t.Workplace)];
    }
}
