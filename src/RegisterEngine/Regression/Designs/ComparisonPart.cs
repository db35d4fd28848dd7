using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>The comparison of some municipalities with others, for each definition of the period after.</summary>
internal sealed record ComparisonPart(IReadOnlyList<MeansLine> Means, IReadOnlyList<ModelLine> Models)
{
    private static readonly Specification[] Specifications = [Specification.NoControls, Specification.AgeAndSex];

    public static ComparisonPart Of(RegionComparison comparison, MomentTable table, EvaluationOptions options, CancellationToken cancellation = default)
    {
        CellFrame all = CellFrame.Of(table);
        var means = new List<MeansLine>();
        var models = new List<ModelLine>();
        foreach (IReadOnlyList<int> after in comparison.After)
        {
            string period = Evaluation.PeriodOf(after);
            int[] yearOf = all.Years();
            CellFrame frame = all.Where(cell => comparison.Before.Contains(yearOf[cell]) || after.Contains(yearOf[cell]));
            (bool[] treated, bool[] post) = Flags(frame, comparison, after);
            foreach ((string group, bool isTreated) in ((string, bool)[])[(PopulationPart.TreatedGroup, true), (PopulationPart.ControlGroup, false)])
                means.AddRange(options.Measures.Select(measure => PopulationPart.Line(
                    $"{comparison.Name}, after = {period}", group, measure, Count(frame, measure, cell => treated[cell] == isTreated && !post[cell]),
                    Count(frame, measure, cell => treated[cell] == isTreated && post[cell]))));
            foreach (Equation equation in Enum.GetValues<Equation>())
                foreach (Specification specification in Specifications)
                {
                    cancellation.ThrowIfCancellationRequested();
                    models.AddRange(Lines(comparison, period, equation, specification, frame, treated, post, options));
                }
        }
        return new ComparisonPart(means, models);
    }

    private static IEnumerable<ModelLine> Lines(
        RegionComparison comparison, string period, Equation equation, Specification specification, CellFrame frame, bool[] treated, bool[] post, EvaluationOptions options)
    {
        bool isPair = equation == Equation.DifferenceInDifferences;
        bool[] within = [.. treated.Select(of => of || isPair)];
        CellFrame cells = frame.Where(cell => within[cell]);
        bool[] isTreated = [.. treated.Where((_, cell) => within[cell])], isPost = [.. post.Where((_, cell) => within[cell])];
        double? before = Count(frame, options.Measures[0], cell => treated[cell] && !post[cell]).Rate;
        string? lack = before is null ? "no person-years with a known transition at treated municipalities before the start" : null;
        IReadOnlyList<IReadOnlyList<OlsFit>> fits = [];
        try
        {
            if (lack is null)
                fits = Model().Fit([.. options.Errors]);
        }
        catch (RegressionException e)
        {
            lack = e.Message;
        }
        int[] workplace = frame.Values(Dimension.Workplace);
        int workplaces = Math.Min(Seen(false), Seen(true));
        return options.Measures.Select((measure, i) => new ModelLine(
            comparison.Name, equation, specification, period, measure, [.. fits.Select(fit => fit[i])], Count(frame, measure, cell => treated[cell] && !post[cell]).Rate,
            fits.Count > 0 && fits[0][i][DesignTerms.EffectOf(equation)].Value is null ? 0 : workplaces, lack));

        int Seen(bool after) => Enumerable.Range(0, frame.Count).Where(cell => treated[cell] && post[cell] == after).Select(cell => workplace[cell]).Distinct().Count();

        CellModel Model() => new()
        {
            Frame = cells,
            Regressors =
            [
                .. isPair ? [Indicator(DesignTerms.TreatPost, cell => isTreated[cell] && isPost[cell]), Indicator(DesignTerms.Treat, cell => isTreated[cell])] : (CellRegressor[])[],
                Indicator(DesignTerms.Post, cell => isPost[cell]),
                .. specification == Specification.NoControls ? [] : (CellRegressor[])[CellRegressor.Age(), CellRegressor.Woman()],
            ],
            Measures = options.Measures,
            Clusters = [cells.Grouping(Dimension.Workplace, "workplace")],
        };

        CellRegressor Indicator(string name, Func<int, bool> of) => CellRegressor.Of(name, [.. Enumerable.Range(0, cells.Count).Select(cell => of(cell) ? 1.0 : 0.0)]);
    }

    private static (bool[] Treated, bool[] Post) Flags(CellFrame frame, RegionComparison comparison, IReadOnlyList<int> after)
    {
        IReadOnlyList<string> labels = frame.Labels(Dimension.Municipality);
        return ([.. frame.Values(Dimension.Municipality).Select(municipality => comparison.Treated.Contains(labels[municipality]))], [.. frame.Years().Select(after.Contains)]);
    }

    private static Proportion Count(CellFrame frame, Measure measure, Func<int, bool> within)
    {
        long count = 0, of = 0;
        for (int cell = 0; cell < frame.Count; cell++)
            if (within(cell))
                (count, of) = (count + frame.Counted(cell, measure), of + frame.RowsOf(cell));
        return new Proportion(count, of);
    }
}
