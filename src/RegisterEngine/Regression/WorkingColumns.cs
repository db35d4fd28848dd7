using RegisterEngine.Kernels;

namespace RegisterEngine.Regression;

/// <summary>The columns of a problem, without its effects; the constant, or hidden terms, are first.</summary>
internal sealed class WorkingColumns
{
    private readonly Problem _problem;
    private readonly int _first;

    public WorkingColumns(Problem problem, Absorber? absorber)
    {
        _problem = problem;
        _first = problem.Intercept ? 1 : 0;
        List<Variable> terms = [.. problem.Regressors];
        if (problem.Intercept)
            terms.Insert(0, new Variable(Regression.Terms.Constant, Ones(problem.Units)));
        Norms = [.. terms.Select((term, i) => Norm(term.Values, i))];
        Terms = terms;
        Outcomes = [.. problem.Outcomes.Select(outcome => outcome.Values)];
        if (absorber is null)
            return;
        double[][] all = [.. terms.Select(term => (double[])term.Values.Clone()), .. Outcomes.Select(outcome => (double[])outcome.Clone())];
        Parallel.For(0, all.Length, i => absorber.Residualize(all[i]));
        Terms = [.. terms.Select((term, i) => new Variable(term.Name, all[i]))];
        Outcomes = all[terms.Count..];
    }

    /// <summary>The terms, without effects.</summary>
    public IReadOnlyList<Variable> Terms { get; }

    /// <summary>Norm of each term before effects were taken out.</summary>
    public double[] Norms { get; }

    /// <summary>The outcomes, without effects.</summary>
    public double[][] Outcomes { get; }

    /// <summary>The terms around their means, and those means, where there is a constant; else the terms as they are.</summary>
    public (double[][] Columns, double[] Means) Centred()
    {
        double[][] columns = [.. Terms.Select(term => term.Values)];
        double[] means = new double[columns.Length];
        if (!_problem.Intercept)
            return (columns, means);
        double total = Lanes.Sum(_problem.Weight);
        for (int i = 1; i < columns.Length; i++)
        {
            columns[i] = [.. columns[i]];
            // A second time for what the rounding of the mean left.
            for (int turn = 0; turn < 2; turn++)
            {
                double mean = Lanes.Dot(_problem.Weight, columns[i]) / total;
                means[i] += mean;
                for (int unit = 0; unit < columns[i].Length; unit++)
                    columns[i][unit] -= mean;
            }
        }
        return (columns, means);
    }

    private double Norm(double[] values, int term)
    {
        double square = Lanes.Dot(_problem.Weight, values, values);
        if (_problem.Within is { } within && term >= _first)
            square += within.Total(term - _first, term - _first);
        return Math.Sqrt(square);
    }

    private static double[] Ones(int count)
    {
        double[] ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
