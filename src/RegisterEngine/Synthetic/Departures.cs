using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Decides, year by year, who leaves the sector, who moves and who stays, by the probabilities of the model and the effect of the programme.</summary>
internal sealed class Departures(MunicipalSector sector, Workforce workforce, People people, Treatment? treatment, IReadOnlyList<TreatedWorkplace> treated)
{
    private const double LeastRisk = 0.005;
    private const double BecomesPermanent = 0.42;
    private const double ChangesSize = 0.06;

    private readonly TurnoverModel _model = new();
    private readonly int[] _cellOfSeat = new int[sector.Seats];
    private readonly int[] _newHireCell = Cells(sector, isNewHire: true);
    private readonly int[] _otherCell = Cells(sector, isNewHire: false);
    private readonly int[] _startOfWorkplace = Starts(sector, treated);

    /// <summary>How far the worst published figure of any year is from what was expected.</summary>
    public double WorstMargin { get; private set; }

    /// <summary>What the programme did, by first year of the pair: on how many person-years, and by how much it lowered their probabilities, in all.</summary>
    public SortedDictionary<int, AppliedEffect> Effects { get; } = [];

    /// <summary>Decides what becomes of each seat's person until the next year; a move has no destination yet.</summary>
    public void Decide(int year, Span<Outcome> outcomes, SplitMix64 random)
    {
        WorstMargin = Math.Max(WorstMargin, _model.Fit(year, Classify(year)));
        ReadOnlySpan<double> exits = _model.Exits;
        ReadOnlySpan<double> moves = _model.Moves;
        for (int seat = 0; seat < outcomes.Length; seat++)
        {
            outcomes[seat] = Outcome.Unknown;
            if (workforce.Person[seat] == Workforce.Nobody)
                continue;
            double exit = exits[_cellOfSeat[seat]];
            double move = moves[_cellOfSeat[seat]];
            if (workforce.IsNewHire[seat] && year >= _startOfWorkplace[sector.WorkplaceOfSeat[seat]])
                (exit, move) = Treat(year, exit, move);
            double chance = random.NextUnit();
            outcomes[seat] = chance < exit ? Outcome.Left : chance < exit + move ? Outcome.MovedWithin : Outcome.Stayed;
            if (outcomes[seat] == Outcome.Stayed)
                Change(seat, random);
        }
    }

    private int[] Classify(int year)
    {
        int[] counts = new int[RiskCell.Count];
        for (int seat = 0; seat < _cellOfSeat.Length; seat++)
        {
            if (workforce.Person[seat] == Workforce.Nobody)
                continue;
            ref readonly Person person = ref people[workforce.Person[seat]];
            int group = Ages.GroupOf(year - person.BirthYear);
            int number = (workforce.IsNewHire[seat] ? _newHireCell : _otherCell)[seat]
                + RiskCell.OfPerson(group, workforce.Form[seat] != EmploymentForm.Permanent, !person.IsWoman);
            _cellOfSeat[seat] = number;
            counts[number]++;
        }
        return counts;
    }

    private (double Exit, double Move) Treat(int year, double exit, double move)
    {
        double lowerExit = Math.Max(exit - treatment!.ExitEffect, Math.Min(exit, LeastRisk));
        double lowerMove = Math.Max(move - treatment.MoveEffect, Math.Min(move, LeastRisk));
        AppliedEffect before = Effects.GetValueOrDefault(year);
        Effects[year] = new(before.NewHires + 1, before.ExitEffect + exit - lowerExit, before.MoveEffect + move - lowerMove);
        return (lowerExit, lowerMove);
    }

    // Contracts become permanent and sizes change while people stay.
    private void Change(int seat, SplitMix64 random)
    {
        if (workforce.Form[seat] != EmploymentForm.Permanent && random.Happens(BecomesPermanent))
            workforce.Form[seat] = EmploymentForm.Permanent;
        if (random.Happens(ChangesSize))
            workforce.Size[seat] = (ushort)PositionSizes.OfMainJob(Positions.All[sector.PositionOfSeat[seat]].Sizes, random);
    }

    private static int[] Cells(MunicipalSector sector, bool isNewHire)
    {
        int[] cells = new int[sector.Seats];
        for (int seat = 0; seat < cells.Length; seat++)
        {
            int workplace = sector.WorkplaceOfSeat[seat];
            int county = sector.Municipalities[sector.MunicipalityOfWorkplace[workplace]].County;
            cells[seat] = RiskCell.OfSeat(sector.PositionOfSeat[seat], sector.AreaOfWorkplace[workplace] == ServiceArea.HealthAndCare, isNewHire, county).Number;
        }
        return cells;
    }

    private static int[] Starts(MunicipalSector sector, IReadOnlyList<TreatedWorkplace> treated)
    {
        int[] starts = new int[sector.Workplaces.Length];
        Array.Fill(starts, int.MaxValue);
        foreach (TreatedWorkplace workplace in treated)
            starts[workplace.Workplace] = workplace.StartYear;
        return starts;
    }
}

/// <summary>Sums over treated new hires of a year.</summary>
internal readonly record struct AppliedEffect(int NewHires, double ExitEffect, double MoveEffect);
