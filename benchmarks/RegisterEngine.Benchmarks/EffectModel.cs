using RegisterEngine.Cells;
using RegisterEngine.Regression;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Benchmarks;

/// <summary>Workplace and year effects, errors clustered by workplace, three outcomes.</summary>
internal static class EffectModel
{
    public static Measure[] Measures { get; } = [Measure.Total, Measure.WorkplaceMove, Measure.SectorExit];

    public static MomentPlan ByWorkplace { get; } = new() { Name = "workplaces", By = [Dimension.Workplace, Dimension.Year], Degree = 2 };

    public static IReadOnlyList<OlsFit> Fit(CellFrame frame, Func<string, bool> isTreated, int start)
    {
        int[] years = frame.Years(), workplaces = frame.Values(Dimension.Workplace);
        bool[] treated = [.. frame.Labels(Dimension.Workplace).Select(label => label.Length > 0 && isTreated(label))];
        Grouping workplace = frame.Grouping(Dimension.Workplace, "workplace");
        double[] isAfter = new double[frame.Count];
        for (int cell = 0; cell < isAfter.Length; cell++)
            isAfter[cell] = treated[workplaces[cell]] && years[cell] >= start ? 1 : 0;
        var model = new CellModel
        {
            Frame = frame,
            Regressors = [CellRegressor.Of("treat_post", isAfter), CellRegressor.Age(), CellRegressor.Woman()],
            Measures = Measures,
            Effects = [workplace, frame.Grouping(Dimension.Year, "year")],
            Clusters = [workplace],
        };
        return model.Fit(new OlsOptions { Errors = ErrorKind.CR1 });
    }
}
