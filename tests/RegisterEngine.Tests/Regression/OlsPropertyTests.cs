using FsCheck.Xunit;
using RegisterEngine.Regression;

namespace RegisterEngine.Tests.Regression;

public sealed class OlsPropertyTests
{
    private static readonly ErrorKind[] Kinds = Enum.GetValues<ErrorKind>();

    [Property(MaxTest = 25)]
    public void WeightsAreRepetitions(int seed)
    {
        ModelRows rows = Random(seed);
        var random = new Random(seed);
        int[] times = [.. rows.Outcomes[0].Values.Select(_ => random.Next(1, 5))];
        int[] places = [.. times.SelectMany((count, row) => Enumerable.Repeat(row, count))];
        foreach (ErrorKind kind in Kinds)
            AssertSame(Fit(Among(rows, places), kind), Fit(rows with { Weights = [.. times.Select(count => (double)count)] }, kind), 1e-9);
    }

    [Property(MaxTest = 25)]
    public void DummiesAreAbsorbedEffects(int seed)
    {
        ModelRows rows = Random(seed);
        Grouping level = rows.Clusters[0];
        var random = new Random(seed);
        var year = new Grouping("year", [.. level.Codes.Select(_ => random.Next(4))], 4);
        Variable[] dummies = [.. Dummies.Of(level), .. Dummies.Of(year)];
        foreach (ErrorKind kind in Kinds.Where(kind => kind is not (ErrorKind.CR1 or ErrorKind.CR2)))
        {
            OlsFit explicitly = Fit(rows with { Regressors = [.. rows.Regressors, .. dummies] }, kind);
            OlsFit absorbed = Fit(rows with { Effects = [level, year] }, kind);
            foreach (Variable regressor in rows.Regressors)
            {
                Reference.Near(explicitly[regressor.Name].Value!.Value, absorbed[regressor.Name].Value, 1e-9, $"{kind} {regressor.Name}");
                Reference.Near(explicitly[regressor.Name].Error ?? 0, absorbed[regressor.Name].Error ?? 0, 1e-8, $"{kind} error of {regressor.Name}");
            }
            Assert.Equal(explicitly.Parameters, absorbed.Parameters);
        }
    }

    [Property(MaxTest = 25)]
    public void ScaledRegressorHasTheScaledCoefficient(int seed, byte power)
    {
        ModelRows rows = Random(seed);
        double scale = Math.ScaleB(1, (power % 60) - 30);
        Variable first = rows.Regressors[0];
        ModelRows scaled = rows with { Regressors = [first with { Values = [.. first.Values.Select(value => value * scale)] }, .. rows.Regressors.Skip(1)] };
        foreach (ErrorKind kind in Kinds)
        {
            OlsFit before = Fit(rows, kind);
            OlsFit after = Fit(scaled, kind);
            Reference.Near(before[first.Name].Value!.Value / scale, after[first.Name].Value, 1e-12, $"{kind}");
            Reference.Near(before[first.Name].T ?? 1, after[first.Name].T ?? 1, 1e-9, $"t of {kind}");
        }
    }

    [Property(MaxTest = 25)]
    public void CollinearColumnIsNamedAndNothingElseChanges(int seed)
    {
        ModelRows rows = Random(seed);
        Variable a = rows.Regressors[0], b = rows.Regressors[1];
        var sum = new Variable("sum", [.. a.Values.Zip(b.Values, (x, y) => (2 * x) - y + 3)]);
        var random = new Random(seed);
        Variable[] shuffled = [.. rows.Regressors.Append(sum)];
        random.Shuffle(shuffled);

        OlsFit plain = Fit(rows, ErrorKind.HC1);
        OlsFit named = Fit(rows with { Regressors = shuffled }, ErrorKind.HC1);
        foreach (string term in (string[])[a.Name, b.Name, "sum", "(Intercept)"])
        {
            Assert.Null(named[term].Value);
            Assert.Contains("not identified", named[term].Note, StringComparison.Ordinal);
        }
        Assert.Contains(a.Name, named["sum"].Note, StringComparison.Ordinal);
        Assert.Contains(b.Name, named["sum"].Note, StringComparison.Ordinal);
        foreach (Variable other in rows.Regressors.Skip(2))
        {
            Reference.Near(plain[other.Name].Value!.Value, named[other.Name].Value, 1e-9, other.Name);
            Reference.Near(plain[other.Name].Error!.Value, named[other.Name].Error, 1e-9, $"error of {other.Name}");
        }
        Assert.Equal(plain.Parameters, named.Parameters);
        Reference.Near(plain.ResidualSquares, named.ResidualSquares, 1e-12, "residual squares");
    }

    [Property(MaxTest = 25)]
    public void OrderOfRowsAndNamesOfGroupsDoNotMatter(int seed)
    {
        ModelRows rows = Random(seed);
        var random = new Random(seed);
        int[] places = [.. Enumerable.Range(0, rows.Outcomes[0].Values.Length)];
        random.Shuffle(places);
        Grouping cluster = rows.Clusters[0];
        int[] names = [.. Enumerable.Range(0, cluster.Levels)];
        random.Shuffle(names);
        ModelRows renamed = rows with { Clusters = [cluster with { Codes = [.. cluster.Codes.Select(code => names[code])] }] };
        foreach (ErrorKind kind in Kinds)
            AssertSame(Fit(rows, kind), Fit(Among(renamed, places), kind), 1e-9);
    }

    [Property(MaxTest = 20)]
    public void NormalEquationsAreTheRows(int seed)
    {
        Problem problem = Problem.Of(Random(seed));
        var working = new WorkingColumns(problem, null);
        RowSolution rows = RowSolution.Of(problem, working, Collinearity.Name);
        GramSolution gram = GramSolution.Of(problem, working, Collinearity.Name);
        double[] reported = gram.ToReported!.Times(gram.Coefficients[0]);

        for (int i = 0; i < reported.Length; i++)
            Reference.Near(rows.Coefficients[0][i], reported[i], 1e-9, $"coefficient {i}");
        Assert.False(gram.IsDoubtful);
    }

    [Fact]
    public void ColumnOfZerosIsNamedByBothPaths()
    {
        ModelRows rows = Random(3);
        Problem problem = Problem.Of(rows with { Regressors = [.. rows.Regressors, new Variable("nothing", new double[rows.Outcomes[0].Values.Length])] });
        var working = new WorkingColumns(problem, null);
        foreach (Terms terms in (Terms[])[RowSolution.Of(problem, working, Collinearity.Name).Terms, GramSolution.Of(problem, working, Collinearity.Name).Terms])
        {
            Assert.Equal("not identified: zero in all rows", terms.NoteOf(4));
            Assert.Equal([0, 1, 2, 3], terms.Kept);
        }
    }

    [Fact]
    public void ColumnThatEffectsMakeUpTakesNoOtherWithIt()
    {
        const int Groups = 40, Times = 3;
        Variable Of(string name, Func<int, int, bool> of) => new(name, [.. Enumerable.Range(0, Groups * Times).Select(row => of(row / Times, row % Times) ? 1.0 : 0)]);
        var random = new Random(11);
        var rows = new ModelRows
        {
            Regressors = [Of("late", (_, time) => time == 2), Of("mine", (group, _) => group == 0), Of("mine_late", (group, time) => group == 0 && time == 2)],
            Outcomes = [new Variable("y", [.. Enumerable.Range(0, Groups * Times).Select(_ => random.NextDouble())])],
            Effects =
            [
                new Grouping("group", [.. Enumerable.Range(0, Groups * Times).Select(row => row / Times)], Groups),
                new Grouping("time", [.. Enumerable.Range(0, Groups * Times).Select(row => row % Times)], Times),
            ],
        };
        double alone = Fit(rows with { Regressors = [rows.Regressors[2]] }, ErrorKind.HC1)["mine_late"].Value!.Value;
        OlsFit fit = Fit(rows, ErrorKind.HC1);
        Assert.Equal(SolvePath.Rows, fit.Path);
        Reference.Near(alone, fit["mine_late"].Value, 1e-9, "mine_late");
        Assert.Equal("not identified: the effects of group and time make it up", fit["late"].Note);
        Assert.Equal("not identified: the effects of group and time make it up", fit["mine"].Note);
        var problem = Problem.Of(rows);
        Assert.Equal([2], GramSolution.Of(problem, new WorkingColumns(problem, new Absorber(problem.Weight, problem.Effects)), Collinearity.Name).Terms.Kept);
    }

    [Fact]
    public void EffectsOfThreeFactorsAreTheSameBySystemAndByGradients()
    {
        var random = new Random(5);
        int count = 600;
        double[] weight = [.. Enumerable.Range(0, count).Select(_ => random.Next(1, 4) * 1.0)];
        Grouping[] effects = [.. ((int[])[40, 7, 9]).Select(levels => new Grouping($"f{levels}", [.. Enumerable.Range(0, count).Select(_ => random.Next(levels))], levels))];
        var absorber = new Absorber(weight, effects);
        var gradient = new GradientSystem(absorber, 2);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        var rows = new WorkingRows(weight, [], [values]);
        absorber.Residualize(rows);
        double[] direct = rows.Column(0);
        double[] means = new double[40];
        for (int turn = 0; turn < 2; turn++)
        {
            absorber.Sweep(values, means);
            absorber.Subtract(values, gradient.Solve(absorber.OtherSums(values)));
            absorber.Sweep(values, means);
        }

        Assert.Equal(40 + 7 + 9 - 2, absorber.Rank);
        Assert.Equal(absorber.Rank - 40, gradient.Rank);
        for (int i = 0; i < count; i++)
            Assert.Equal(direct[i], values[i], 1e-12);
    }

    private static OlsFit Fit(ModelRows rows, ErrorKind kind) => Ols.Fit(rows, new OlsOptions { Errors = kind, SmallSample = SmallSample.Areg })[0];

    // Clusters are uneven, regressors are of different kinds, and every coefficient is identified without any one cluster.
    private static ModelRows Random(int seed)
    {
        var random = new Random(seed);
        int clusters = random.Next(5, 12);
        int[] codes = [.. Enumerable.Range(0, clusters).SelectMany(code => Enumerable.Repeat(code, random.Next(8, 25)))];
        double[] Column(Func<int, double> make) => [.. codes.Select(make)];
        double[] pull = [.. Enumerable.Range(0, clusters).Select(_ => random.NextDouble())];
        Variable[] regressors =
        [
            new("age", Column(_ => random.Next(18, 70))), new("woman", Column(_ => random.Next(2))), new("size", Column(code => random.NextDouble() + pull[code])),
        ];
        double[] outcome = Column(code => random.NextDouble() < 0.2 + (0.3 * pull[code]) ? 1 : 0);
        return new ModelRows { Regressors = regressors, Outcomes = [new Variable("left", outcome)], Clusters = [new Grouping("workplace", codes, clusters)] };
    }

    private static ModelRows Among(ModelRows rows, int[] places)
    {
        return rows with
        {
            Regressors = [.. rows.Regressors.Select(Values)],
            Outcomes = [.. rows.Outcomes.Select(Values)],
            Clusters = [.. rows.Clusters.Select(cluster => cluster with { Codes = [.. places.Select(place => cluster.Codes[place])] })],
        };

        Variable Values(Variable variable) => variable with { Values = [.. places.Select(place => variable.Values[place])] };
    }

    private static void AssertSame(OlsFit expected, OlsFit actual, double relative)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Parameters, actual.Parameters);
        foreach (Coefficient coefficient in expected.Coefficients)
        {
            // Coefficients near zero are compared by their errors.
            Assert.Equal(coefficient.Value!.Value, actual[coefficient.Term].Value!.Value, 1e-9 * (coefficient.Error ?? 1));
            Reference.Near(coefficient.Error ?? 0, actual[coefficient.Term].Error ?? 0, relative, $"{expected.Errors} {coefficient.Term}");
            Reference.Near(coefficient.Degrees ?? 0, actual[coefficient.Term].Degrees ?? 0, relative, $"degrees of {expected.Errors} {coefficient.Term}");
        }
    }
}
