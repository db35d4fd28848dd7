using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>The columns of a problem, without its effects; the constant, or hidden terms, are first.</summary>
internal sealed class WorkingColumns
{
    private readonly Problem _problem;
    private readonly Absorber? _absorber;
    private readonly Variable[] _terms;
    private WorkingRows? _rows;

    public WorkingColumns(Problem problem, Absorber? absorber)
    {
        _problem = problem;
        _absorber = absorber;
        Variable[] constant = problem.Intercept ? [new Variable(Regression.Terms.Constant, Ones(problem.Units))] : [];
        _terms = [.. constant, .. problem.Regressors];
        Within = problem.Within?.Totals(problem.Threads);
        Norms = new double[_terms.Length];
        Workers.For(problem.Threads, _terms.Length, (i, _) => Norms[i] = Norm(i));
    }

    /// <summary>Names of the terms.</summary>
    public IReadOnlyList<string> Names => [.. _terms.Select(term => term.Name)];

    /// <summary>Norm of each term before effects were taken out.</summary>
    public double[] Norms { get; }

    /// <summary>Sums of how regressors vary within units; null where they do not.</summary>
    public WithinTotals? Within { get; }

    /// <summary>Terms and outcomes, without effects, unit by unit.</summary>
    public WorkingRows Rows => _rows ??= NewRows();

    /// <summary>The terms, without effects.</summary>
    public IReadOnlyList<Variable> Terms() => _absorber is null ? _terms : [.. _terms.Select((term, i) => new Variable(term.Name, Rows.Column(i)))];

    /// <summary>The outcomes, without effects.</summary>
    public IReadOnlyList<double[]> Outcomes() =>
        [.. _problem.Outcomes.Select((outcome, i) => _absorber is null ? outcome.Values : Rows.Column(_terms.Length + i))];

    private WorkingRows NewRows()
    {
        var rows = new WorkingRows(_problem.Weight, [.. _terms.Select(term => term.Values)], [.. _problem.Outcomes.Select(outcome => outcome.Values)]);
        _absorber?.Residualize(rows);
        return rows;
    }

    private double Norm(int term)
    {
        double[] values = _terms[term].Values;
        int regressor = term - (_problem.Intercept ? 1 : 0);
        return Math.Sqrt(Lanes.Dot(_problem.Weight, values, values) + (regressor < 0 ? 0 : Within?.Products[regressor, regressor] ?? 0));
    }

    private static double[] Ones(int count)
    {
        double[] ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
