using RegisterEngine.Cells;

namespace RegisterEngine.Regression.Models;

/// <summary>A regressor that cells hold: a number that each cell has, or age or being a woman times such a number.</summary>
/// <param name="Name">Its name, as results print it.</param>
/// <param name="Factor">By cell, the number; null for one.</param>
public sealed record CellRegressor(string Name, double[]? Factor)
{
    internal CellBase Base { get; private init; }

    /// <summary>A number that each cell has.</summary>
    public static CellRegressor Of(string name, double[] values) => new(name, values);

    /// <summary>Age, times a number that each cell has.</summary>
    public static CellRegressor Age(string name = "age", double[]? factor = null) => new(name, factor) { Base = CellBase.Age };

    /// <summary>One for a woman, times a number that each cell has.</summary>
    public static CellRegressor Woman(string name = "woman", double[]? factor = null) => new(name, factor) { Base = CellBase.Woman };
}

/// <summary>A model of turnover measures, to be fitted to cells. Person-years whose age or sex it needs and nobody knows are left out, and counted.</summary>
public sealed record CellModel
{
    /// <summary>The cells.</summary>
    public required CellFrame Frame { get; init; }

    /// <summary>Regressors, in the order of results, without the constant.</summary>
    public required IReadOnlyList<CellRegressor> Regressors { get; init; }

    /// <summary>Outcomes: each is a model of its own.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Effects that are absorbed; in their place there is a constant where there are none.</summary>
    public IReadOnlyList<Grouping> Effects { get; init; } = [];

    /// <summary>Clusters of errors: none, one or two ways.</summary>
    public IReadOnlyList<Grouping> Clusters { get; init; } = [];

    /// <summary>
    /// The same model of fewer cells: those that agree in all but their clusters are added together. Where it is there, coefficients come from it, and only clustered errors ask for the
    /// cells of this one.
    /// </summary>
    internal CellModel? Coarse { get; init; }

    /// <summary>Fits a model of each measure with each of some kinds of errors.</summary>
    /// <returns>By option, then measure.</returns>
    /// <exception cref="RegressionException">No person-year is complete, or the options ask for what the cells do not have.</exception>
    public IReadOnlyList<IReadOnlyList<OlsFit>> Fit(params ReadOnlySpan<OlsOptions> options)
    {
        var fits = new IReadOnlyList<OlsFit>[options.Length];
        Problem? cells = null, coarse = null;
        LeastSquares? solved = null, solvedCoarse = null;
        for (int i = 0; i < options.Length; i++)
        {
            OlsOptions kind = options[i];
            if (Coarse is { } fewer && kind.Errors is ErrorKind.Classical or ErrorKind.HC0 or ErrorKind.HC1 or ErrorKind.CR0 or ErrorKind.CR1)
            {
                coarse ??= CellProblem.Of(fewer);
                solvedCoarse ??= LeastSquares.Of(coarse, kind.Collinearity);
                if (!NeedsRows(solvedCoarse))
                {
                    fits[i] = Ols.Fit(coarse, kind, solvedCoarse, kind.Errors >= ErrorKind.CR0 ? cells ??= CellProblem.Of(this) : null);
                    continue;
                }
            }
            cells ??= CellProblem.Of(this);
            bool needsRows = kind.Errors is ErrorKind.HC2 or ErrorKind.HC3;
            if (!needsRows && cells.Within is not null)
            {
                solved ??= LeastSquares.Of(cells, kind.Collinearity);
                needsRows = NeedsRows(solved);
            }
            fits[i] = needsRows ? Ols.Fit(RowProblem.Of(this), kind) : Ols.Fit(cells, kind, solved);
        }
        return fits;
    }

    private bool NeedsRows(LeastSquares solved) =>
        solved.Path == SolvePath.NormalEquations && solved.Problem.Within is not null && solved.Condition > LeastSquares.MostCondition && Frame.Rows is not null && !Frame.IsCollapsed;

    /// <summary>Fits a model of each measure.</summary>
    /// <inheritdoc cref="Fit(ReadOnlySpan{OlsOptions})"/>
    public IReadOnlyList<OlsFit> Fit(OlsOptions options) => Fit([options])[0];

    /// <summary>Which controls must be known.</summary>
    internal KnownControls Needed =>
        (Regressors.Any(regressor => regressor.Base == CellBase.Age) ? KnownControls.Age : 0) | (Regressors.Any(regressor => regressor.Base == CellBase.Woman) ? KnownControls.Sex : 0);
}
