using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Founds the municipalities and workplaces of a register.</summary>
internal static class SectorBuilder
{
    private const int Purpose = 1;

    // Least shares of the sector in centrality class 2, 3, 4 and 5; Oslo and what is large around it are class 1.
    private static readonly double[] CentralityShares = [0.012, 0.005, 0.0021, 0.0009];
    private const string AroundOslo = "32";
    private const double LargeAroundOslo = 0.007;

    // Deciles of the sizes of workplaces of one kind over their mean: skewed, with a mean of one.
    private static readonly double[] Sizes = [0.22, 0.40, 0.52, 0.63, 0.74, 0.86, 0.99, 1.14, 1.34, 1.66, 3.20];

    /// <summary>The sector with some seats in all.</summary>
    public static MunicipalSector Build(int seats, ulong seed)
    {
        List<Municipality> municipalities = Municipalities(seats);
        var random = SplitMix64.For(seed, Purpose);
        var numbers = new OrganisationNumbers(seed);
        var workplaces = new List<Workplace>();
        byte[] positionOfSeat = new byte[seats];
        int seat = 0;
        for (int municipality = 0; municipality < municipalities.Count; municipality++)
        {
            var names = new WorkplaceNames(seed, municipality);
            foreach ((WorkplaceType type, int count) in Plan(municipalities[municipality].Seats, random))
            {
                workplaces.Add(new Workplace(municipality, type, numbers.Next(), names.Next(type), seat, count));
                Staff(type, positionOfSeat.AsSpan(seat, count), random);
                seat += count;
            }
        }
        return new MunicipalSector([.. municipalities], [.. workplaces], positionOfSeat);
    }

    private static List<Municipality> Municipalities(int seats)
    {
        List<(int County, int Number, double Share)> all =
        [
            .. County.All.Index().SelectMany(indexed => indexed.Item.MunicipalityShares().Select((share, rank) => (indexed.Index, rank + 1, share * indexed.Item.Share))),
        ];
        double sum = all.Sum(municipality => municipality.Share);
        int[] sizes = Apportionment.Divide(seats, [.. all.Select(municipality => municipality.Share)], ServiceAreas.Count);
        return [.. all.Select((m, i) => new Municipality($"{County.All[m.County].Code}{m.Number:00}", m.County, Centrality(County.All[m.County].Code, m.Share / sum), sizes[i]))];
    }

    private static int Centrality(string county, double share)
    {
        if (county == County.Oslo || (county == AroundOslo && share >= LargeAroundOslo))
            return 1;
        int below = CentralityShares.TakeWhile(least => share < least).Count();
        return 2 + below;
    }

    // The workplaces of a municipality: its seats by service area, kind, and then one by one.
    private static IEnumerable<(WorkplaceType Type, int Seats)> Plan(int seats, SplitMix64 random)
    {
        int[] byArea = Apportionment.Divide(seats, ServiceAreas.Shares, least: 1);
        for (int area = 0; area < byArea.Length; area++)
        {
            List<WorkplaceType> types = [.. WorkplaceTypes.All.Where(type => (int)type.Area == area)];
            int[] byType = Apportionment.Divide(byArea[area], [.. types.Select(type => type.Share)]);
            for (int i = 0; i < types.Count; i++)
                foreach (int size in Split(byType[i], types[i].MeanSeats, random))
                    yield return (types[i], size);
        }
    }

    private static IEnumerable<int> Split(int seats, int mean, SplitMix64 random)
    {
        while (seats > 0)
        {
            double at = random.NextUnit() * (Sizes.Length - 1);
            int size = Math.Max(2, (int)(mean * double.Lerp(Sizes[(int)at], Sizes[(int)at + 1], at - (int)at)));
            // What would be left must be enough for one more workplace.
            if (seats - size < mean / 3)
                size = seats;
            yield return size;
            seats -= size;
        }
    }

    // Systematic sampling from the mix: a workplace has its positions in proportion, to within one, and small ones have all of them in the long run.
    private static void Staff(WorkplaceType type, Span<byte> seats, SplitMix64 random)
    {
        double sum = type.Mix.Sum(position => position.Weight);
        double step = sum / seats.Length;
        double at = random.NextUnit() * step;
        int next = 0;
        double reached = type.Mix[0].Weight;
        foreach (ref byte seat in seats)
        {
            while (at >= reached && next + 1 < type.Mix.Count)
                reached += type.Mix[++next].Weight;
            seat = (byte)Positions.Find(type.Mix[next].Code);
            at += step;
        }
        random.Shuffle(seats);
    }
}
