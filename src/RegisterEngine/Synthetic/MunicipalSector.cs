namespace RegisterEngine.Synthetic;

/// <summary>A municipality.</summary>
/// <param name="Code">Its four digits since 2024.</param>
/// <param name="County">Place of its county in <see cref="Synthetic.County.All"/>.</param>
/// <param name="Centrality">Class of centrality, 1 (most central) to 6.</param>
/// <param name="Seats">How many seats all its workplaces have.</param>
internal sealed record Municipality(string Code, int County, int Centrality, int Seats);

/// <summary>A workplace.</summary>
/// <param name="Municipality">Place of its municipality.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Number">Its organisation number.</param>
/// <param name="Name">Its name.</param>
/// <param name="FirstSeat">Its first seat; the others follow.</param>
/// <param name="Seats">How many it has.</param>
internal sealed record Workplace(int Municipality, WorkplaceType Type, string Number, string Name, int FirstSeat, int Seats);

/// <summary>
/// What stays the same over the years: municipalities, their workplaces, and the seats in these. A seat is a main job that somebody has or that is vacant; it has a
/// position for good, and its people come and go. Seats are in the order of workplaces, and workplaces in that of municipalities.
/// </summary>
internal sealed class MunicipalSector
{
    private readonly int[] _firstWorkplace;
    private readonly int[] _firstOfArea;

    public MunicipalSector(Municipality[] municipalities, Workplace[] workplaces, byte[] positionOfSeat)
    {
        Municipalities = municipalities;
        Workplaces = workplaces;
        PositionOfSeat = positionOfSeat;
        WorkplaceOfSeat = new int[positionOfSeat.Length];
        _firstWorkplace = new int[municipalities.Length + 1];
        _firstOfArea = new int[(municipalities.Length * ServiceAreas.Count) + 1];
        for (int i = 0; i < workplaces.Length; i++)
        {
            Workplace workplace = workplaces[i];
            WorkplaceOfSeat.AsSpan(workplace.FirstSeat, workplace.Seats).Fill(i);
            _firstWorkplace[workplace.Municipality + 1] = i + 1;
            _firstOfArea[(workplace.Municipality * ServiceAreas.Count) + (int)workplace.Type.Area + 1] = i + 1;
        }
        MunicipalityOfWorkplace = [.. workplaces.Select(workplace => workplace.Municipality)];
        AreaOfWorkplace = [.. workplaces.Select(workplace => workplace.Type.Area)];
    }

    /// <summary>Municipalities, by code.</summary>
    public Municipality[] Municipalities { get; }

    /// <summary>Workplaces, by municipality and service area.</summary>
    public Workplace[] Workplaces { get; }

    /// <summary>How many seats there are.</summary>
    public int Seats => PositionOfSeat.Length;

    /// <summary>The position of each seat.</summary>
    public byte[] PositionOfSeat { get; }

    /// <summary>The workplace of each seat.</summary>
    public int[] WorkplaceOfSeat { get; }

    /// <summary>The municipality of each workplace.</summary>
    public int[] MunicipalityOfWorkplace { get; }

    /// <summary>The service area of each workplace.</summary>
    public ServiceArea[] AreaOfWorkplace { get; }

    /// <summary>The workplaces of a municipality.</summary>
    public Range WorkplacesIn(int municipality) => _firstWorkplace[municipality].._firstWorkplace[municipality + 1];

    /// <summary>The workplaces of a service area in a municipality: at least one.</summary>
    public Range WorkplacesIn(int municipality, ServiceArea area)
    {
        int at = (municipality * ServiceAreas.Count) + (int)area;
        return _firstOfArea[at].._firstOfArea[at + 1];
    }
}
