namespace RegisterEngine.Synthetic;

/// <summary>Everything about a person-year that its turnover depends on: persons of one cell have the same probabilities.</summary>
/// <param name="Position">Place of the position.</param>
/// <param name="InHealth">Whether the work is in health and care.</param>
/// <param name="IsNewHire">Whether the workplace is another than the year before.</param>
/// <param name="Region">Place of the county where that matters: for health personnel who are new hires; of others in health personnel only Oslo is told apart.</param>
/// <param name="AgeGroup">Group of <see cref="PublishedTargets.AgeStarts"/>.</param>
/// <param name="IsTemporary">Whether the employment is not permanent.</param>
/// <param name="IsMan">Whether the person is a man.</param>
internal readonly record struct RiskCell(int Position, bool InHealth, bool IsNewHire, int Region, int AgeGroup, bool IsTemporary, bool IsMan)
{
    /// <summary>The region of Oslo.</summary>
    public const int Oslo = 0;

    /// <summary>The region of all others, where counties do not matter.</summary>
    public const int Elsewhere = 1;

    private const int Regions = 15;
    private const int AgeGroups = 12;

    /// <summary>How many cells there can be.</summary>
    public static int Count { get; } = Positions.All.Length * 2 * 2 * Regions * PersonCells;

    /// <summary>Cells that differ in the person alone.</summary>
    private static int PersonCells => AgeGroups * 2 * 2;

    /// <summary>The number of the cell: that of the seat and whether its person is new, then what is told by the person.</summary>
    public int Number => (((((((Position * 2) + (InHealth ? 1 : 0)) * 2) + (IsNewHire ? 1 : 0)) * Regions) + Region) * PersonCells) + OfPerson(AgeGroup, IsTemporary, IsMan);

    /// <summary>Whether its persons are health personnel.</summary>
    public bool IsHealthPersonnel => InHealth && Positions.All[Position].IsHealthPersonnel;

    /// <summary>Whether its persons are new hires whom the evaluation of the mentor programme is about.</summary>
    public bool IsInEvaluation => InHealth && IsNewHire && Positions.All[Position].IsInEvaluation;

    /// <summary>What the person adds to the number of a cell.</summary>
    public static int OfPerson(int ageGroup, bool isTemporary, bool isMan) => (((ageGroup * 2) + (isTemporary ? 1 : 0)) * 2) + (isMan ? 1 : 0);

    /// <summary>The cell of a seat, of its youngest permanent woman.</summary>
    public static RiskCell OfSeat(int position, bool inHealth, bool isNewHire, int county)
    {
        bool isHealthPersonnel = inHealth && Positions.All[position].IsHealthPersonnel;
        int region = !isHealthPersonnel ? Elsewhere : isNewHire || county == Oslo ? county : Elsewhere;
        return new(position, inHealth, isNewHire, region, 0, false, false);
    }

    /// <summary>The cell of a number.</summary>
    public static RiskCell Of(int number)
    {
        (number, int man) = Math.DivRem(number, 2);
        (number, int temporary) = Math.DivRem(number, 2);
        (number, int age) = Math.DivRem(number, AgeGroups);
        (number, int region) = Math.DivRem(number, Regions);
        (number, int newHire) = Math.DivRem(number, 2);
        (number, int health) = Math.DivRem(number, 2);
        return new(number, health == 1, newHire == 1, region, age, temporary == 1, man == 1);
    }
}
