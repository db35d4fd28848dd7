using System.Text.Json;
using RegisterEngine.Regression;

namespace RegisterEngine.Tests.Regression;

/// <remarks>
/// Digits are the logarithm of the relative error (for certified zeros, of the error), at most those that the certified value prints: fifteen. The least that each set must
/// have is what the engine reaches, rounded down, and as much as the data have when they are read into doubles (SmLs07 to SmLs09: four). R's lm reaches 11.9 (Norris), 13.0 (Longley), 12.0 (Pontius), 8.2 (Filip) and 5.6 (Wampler5) for coefficients.
/// </remarks>
public sealed class NistTests
{
    private const double Most = 15;

    [Theory]
    [InlineData("Norris", 13, 12)]
    [InlineData("Pontius", 13, 12)]
    [InlineData("NoInt1", 14, 14)]
    [InlineData("NoInt2", 14, 14)]
    [InlineData("Filip", 13, 7)]
    [InlineData("Longley", 13, 12)]
    [InlineData("Wampler1", 14, 9)]
    [InlineData("Wampler2", 13, 12)]
    [InlineData("Wampler3", 14, 12)]
    [InlineData("Wampler4", 14, 12)]
    [InlineData("Wampler5", 14, 12)]
    public void LinearRegressionHasTheDigits(string name, double coefficients, double errors)
    {
        JsonElement set = Reference.Nist.GetProperty("linear").GetProperty(name);
        OlsFit fit = Ols.Fit(RowsOf(set), new OlsOptions { Errors = ErrorKind.Classical })[0];

        Assert.All(fit.Coefficients, coefficient => Assert.Null(coefficient.Value is null ? coefficient.Note : null));
        double[] estimates = Certified(set, "estimate");
        Assert.Equal(estimates.Length, fit.Coefficients.Count);
        AssertDigits(coefficients, estimates.Zip(fit.Coefficients, (certified, of) => Digits(certified, of.Value!.Value)), $"{name} coefficients");
        AssertDigits(errors, Certified(set, "sd").Zip(fit.Coefficients, (certified, of) => Digits(certified, of.Error!.Value)), $"{name} errors");
        AssertDigits(errors, [Digits(Reference.Parse(set.Text("ss_res")), fit.ResidualSquares)], $"{name} residual squares");
    }

    [Theory]
    [InlineData("SiRstvt", 13)]
    [InlineData("AtmWtAgt", 10)]
    [InlineData("SmLs01t", 14)]
    [InlineData("SmLs02t", 14)]
    [InlineData("SmLs03t", 13)]
    [InlineData("SmLs04t", 10)]
    [InlineData("SmLs05t", 10)]
    [InlineData("SmLs06t", 10)]
    [InlineData("SmLs07t", 4)]
    [InlineData("SmLs08t", 4)]
    [InlineData("SmLs09t", 4)]
    public void AnalysisOfVarianceHasTheDigits(string name, double digits)
    {
        JsonElement set = Reference.Nist.GetProperty("anova").GetProperty(name);
        double[][] data = [.. set.GetProperty("data").EnumerateArray().Select(row => row.EnumerateArray().Select(value => Reference.Parse(value.GetString()!)).ToArray())];
        int treatments = data[0].Length;
        int[] codes = [.. data.SelectMany(row => Enumerable.Range(0, row.Length))];
        var rows = new ModelRows
        {
            Regressors = [],
            Outcomes = [new Variable("y", [.. data.SelectMany(row => row)])],
            Effects = [new Grouping("treatment", codes, treatments)],
        };
        OlsFit fit = Ols.Fit(rows, new OlsOptions { Errors = ErrorKind.Classical })[0];
        double between = (fit.TotalSquares - fit.ResidualSquares) / (treatments - 1);

        AssertDigits(digits, [Digits(Reference.Parse(set.Text("f")), between / (fit.ResidualSquares / fit.Degrees))], $"{name} F");
    }

    [Theory]
    [InlineData("Lew", 14, 14)]
    [InlineData("Lottery", 14, 14)]
    [InlineData("Mavro", 14, 12)]
    [InlineData("Michelso", 14, 13)]
    [InlineData("NumAcc1", 15, 15)]
    [InlineData("NumAcc2", 14, 14)]
    [InlineData("NumAcc3", 14, 9)]
    [InlineData("NumAcc4", 14, 8)]
    public void MeansAndDeviationsHaveTheDigits(string name, double means, double deviations)
    {
        JsonElement set = Reference.Nist.GetProperty("univariate").GetProperty(name);
        double[] values = [.. set.GetProperty("data").EnumerateArray().Select(value => Reference.Parse(value.GetString()!))];
        OlsFit fit = Ols.Fit(new ModelRows { Regressors = [], Outcomes = [new Variable("y", values)] }, new OlsOptions { Errors = ErrorKind.Classical })[0];

        AssertDigits(means, [Digits(Reference.Parse(set.Text("mean")), fit.Coefficients[0].Value!.Value)], $"{name} mean");
        AssertDigits(deviations, [Digits(Reference.Parse(set.Text("sd")), Math.Sqrt(fit.ResidualSquares / fit.Degrees))], $"{name} deviation");
    }

    private static ModelRows RowsOf(JsonElement set)
    {
        double[][] data = [.. set.GetProperty("data").EnumerateArray().Select(row => row.EnumerateArray().Select(value => Reference.Parse(value.GetString()!)).ToArray())];
        Variable Column(int column, string name) => new(name, [.. data.Select(row => row[column])]);
        int degree = set.GetProperty("polynomial_degree").ValueKind == JsonValueKind.Number ? set.GetProperty("polynomial_degree").GetInt32() : 0;
        Variable x = Column(1, "x");
        return new ModelRows
        {
            Regressors = degree > 1
                ? [.. Enumerable.Range(1, degree).Select(power => Variable.Power(x, power))]
                : [.. Enumerable.Range(1, data[0].Length - 1).Select(column => Column(column, $"x{column}"))],
            Outcomes = [Column(0, "y")],
            Intercept = set.GetProperty("intercept").GetBoolean(),
        };
    }

    private static double[] Certified(JsonElement set, string name) => [.. set.GetProperty(name).EnumerateArray().Select(value => Reference.Parse(value.GetString()!))];

    private static double Digits(double certified, double found) =>
        found == certified ? Most : Math.Min(Most, -Math.Log10(Math.Abs(found - certified) / (certified == 0 ? 1 : Math.Abs(certified))));

    private static void AssertDigits(double least, IEnumerable<double> digits, string what)
    {
        double fewest = digits.Min();
        Assert.True(fewest >= least, $"{what}: {fewest:F1} digits, at least {least} expected.");
    }
}
