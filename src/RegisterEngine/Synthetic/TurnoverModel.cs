namespace RegisterEngine.Synthetic;

/// <summary>
/// Probabilities of leaving the sector and of moving to another workplace within a year, for every cell of persons: plausible ratios between cells, raked year by
/// year so that all published figures hold at once for the persons who are there.
/// </summary>
internal sealed class TurnoverModel
{
    private const double MostMoves = 0.5;

    // Odds of those concerned over those of others, before raking.
    private const double NewHire = 1.9;
    private const double Temporary = 1.6;
    private const double Man = 1.08;

    // Moves of a family of positions over the usual, and by age group.
    private static readonly double[] MovesOfFamily = [1.45, 0.85, 0.95, 1.1, 0.8, 1.0, 1.0, 1.0, 0.7, 0.9];
    private static readonly double[] MovesOfAge = [1.7, 1.8, 1.45, 1.25, 1.1, 1.0, 0.85, 0.75, 0.55, 0.35, 0.25, 0.25];

    private readonly double[] _exits = new double[RiskCell.Count];
    private readonly double[] _moves = new double[RiskCell.Count];

    private enum MoveGroup
    {
        EvaluationNewHire,
        OtherHealthNewHire,
        Health,
        NewHire,
        Other,
    }

    /// <summary>Probabilities of a sector exit, by the number of the cell.</summary>
    public ReadOnlySpan<double> Exits => _exits;

    /// <summary>Probabilities of a workplace move, by the number of the cell.</summary>
    public ReadOnlySpan<double> Moves => _moves;

    /// <summary>Finds the probabilities of a year, and returns how far the worst published figure is from what is expected.</summary>
    /// <param name="year">First year of the pair.</param>
    /// <param name="counts">Persons by the number of their cell.</param>
    public double Fit(int year, ReadOnlySpan<int> counts)
    {
        int[] numbers = Occupied(counts);
        RiskCell[] cells = [.. numbers.Select(RiskCell.Of)];
        int[] persons = new int[cells.Length];
        for (int i = 0; i < persons.Length; i++)
            persons[i] = counts[numbers[i]];
        double[] odds = [.. cells.Select(cell => PriorOdds(cell, year))];
        double worst = Raking.Fit(persons, odds, TurnoverMargins.Of(cells, persons, year));
        double[] moves = FitMoves(cells, persons, year);
        for (int i = 0; i < cells.Length; i++)
        {
            double exit = odds[i] / (1 + odds[i]);
            _exits[numbers[i]] = exit;
            _moves[numbers[i]] = Math.Min(moves[i], 1 - exit);
        }
        return worst;
    }

    private static int[] Occupied(ReadOnlySpan<int> counts)
    {
        var numbers = new List<int>();
        for (int number = 0; number < counts.Length; number++)
            if (counts[number] > 0)
                numbers.Add(number);
        return [.. numbers];
    }

    private static double PriorOdds(in RiskCell cell, int year)
    {
        Position position = Positions.All[cell.Position];
        double sector = PublishedTargets.Sector(year);
        double rate = Math.Min(PublishedTargets.Position(position.Code, year) ?? position.Exit, 0.9);
        double byAge = Math.Min(Ages.TurnoverOf(cell.AgeGroup) * sector, 0.9);
        double odds = Odds(rate) * Odds(byAge) / Odds(sector);
        odds *= cell.IsNewHire ? NewHire : 1;
        odds *= cell.IsTemporary ? Temporary : 1;
        odds *= cell.IsMan ? Man : 1;
        return odds;
    }

    // Moves have no margins that cross: each group is scaled to its rate.
    private static double[] FitMoves(RiskCell[] cells, int[] persons, int year)
    {
        double[] rates = [.. cells.Select(cell => MovesOfFamily[(int)Positions.All[cell.Position].Family] * MovesOfAge[cell.AgeGroup])];
        int[] groups = [.. cells.Select(cell => (int)GroupOf(cell))];
        double[] sums = new double[Enum.GetValues<MoveGroup>().Length];
        double[] all = new double[sums.Length];
        for (int i = 0; i < rates.Length; i++)
        {
            sums[groups[i]] += persons[i] * rates[i];
            all[groups[i]] += persons[i];
        }
        double inEvaluation = all[(int)MoveGroup.EvaluationNewHire];
        double otherNewHires = all[(int)MoveGroup.OtherHealthNewHire];
        double moves = PublishedTargets.HealthNewHireMoves(year) * (inEvaluation + otherNewHires);
        double[] wanted =
        [
            PublishedTargets.EvaluationNewHireMoves,
            (moves - (PublishedTargets.EvaluationNewHireMoves * inEvaluation)) / otherNewHires,
            PublishedTargets.HealthOtherMoves(year),
            PublishedTargets.OtherNewHireMoves(year),
            PublishedTargets.OtherMoves(year),
        ];
        for (int i = 0; i < rates.Length; i++)
            rates[i] = Math.Min(rates[i] * wanted[groups[i]] * all[groups[i]] / sums[groups[i]], MostMoves);
        return rates;
    }

    private static MoveGroup GroupOf(in RiskCell cell) => (cell.IsHealthPersonnel, cell.IsNewHire) switch
    {
        (true, true) => cell.IsInEvaluation ? MoveGroup.EvaluationNewHire : MoveGroup.OtherHealthNewHire,
        (true, false) => MoveGroup.Health,
        (false, true) => MoveGroup.NewHire,
        _ => MoveGroup.Other,
    };

    private static double Odds(double rate) => rate / (1 - rate);
}
