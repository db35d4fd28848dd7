using System.Text.Json;
using RegisterEngine.Regression;

namespace RegisterEngine.Tests.Regression;

/// <remarks>
/// The reference is checked against 60-digit arithmetic: coefficients to 4e-12, errors to 3e-14 relative. Coefficients are held to 1e-11, errors to 1e-11 and what the
/// reference computed by its own iterations (adjusted errors by cluster, probabilities far out) to 1e-9. Where a coefficient is not identified without one of the clusters the CR3
/// of the reference is the inverse of a singular matrix, so there its jackknife is the standard, which differs by the square root of G / (G - 1).
/// </remarks>
public sealed class GoldenRegressionTests
{
    private static readonly Dictionary<(string, OlsOptions, string), IReadOnlyList<OlsFit>> Fits = [];

    public static TheoryData<string> Ids { get; } = [.. Reference.Golden.GetProperty("regressions").EnumerateArray().Select(of => of.Text("id"))];

    [Theory]
    [MemberData(nameof(Ids))]
    public void CoefficientsAndRobustErrorsAreThoseOfTheReference(string id)
    {
        JsonElement golden = Golden(id);
        foreach (JsonProperty kind in golden.GetProperty("se").EnumerateObject())
        {
            if (kind.Value.ValueKind == JsonValueKind.Null)
                continue;
            ErrorKind errors = Enum.Parse<ErrorKind>(kind.Name.Replace("_leverage_one_dropped", "", StringComparison.Ordinal).Replace("iid", "Classical", StringComparison.Ordinal));
            OlsFit fit = Fit(golden, new OlsOptions { Errors = errors });
            Assert.Equal(golden.GetProperty("n").GetInt64(), fit.Rows);
            Assert.Equal(golden.GetProperty("rank_total").GetInt32(), fit.Parameters);
            Reference.Near(golden.Number("ssr"), fit.ResidualSquares, 1e-12, $"{id} residual squares");
            Assert.Equal(golden.Number("r2"), fit.RSquared!.Value, 1e-12);
            foreach (JsonProperty term in kind.Value.EnumerateObject())
            {
                Reference.Near(golden.GetProperty("coef").Number(term.Name), fit[term.Name].Value, 1e-11, $"{id} {term.Name}");
                Reference.Near(term.Value.GetDouble(), fit[term.Name].Error, 1e-11, $"{id} {term.Name} {kind.Name}");
                if (errors == ErrorKind.HC1)
                    Reference.Near(golden.GetProperty("p_HC1_t_n_minus_K").Number(term.Name), fit[term.Name].P, 1e-9, $"{id} {term.Name} p");
            }
            if (errors is ErrorKind.HC2 or ErrorKind.HC3)
                Assert.Equal(golden.GetProperty("leverage_one_rows").GetInt64(), fit.LeverageOne);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ClusteredErrorsAreThoseOfTheReference(string id)
    {
        JsonElement golden = Golden(id);
        foreach (JsonProperty way in golden.GetProperty("cluster").EnumerateObject().Where(way => !way.Name.Contains('+', StringComparison.Ordinal)))
        {
            JsonElement decisive = way.Value.TryGetProperty("leave_one_out_unidentified", out JsonElement counts) ? counts : default;
            bool isSingular = decisive.ValueKind == JsonValueKind.Object && decisive.EnumerateObject().Any(term => term.Value.GetInt32() > 0);
            Check("CR0", ErrorKind.CR0, SmallSample.Fixest);
            OlsFit fixest = Check("CR1_fixest_reghdfe_nested", ErrorKind.CR1, SmallSample.Fixest)!;
            OlsFit areg = Check("CR1_stata_regress_areg_full", ErrorKind.CR1, SmallSample.Areg)!;
            Check("CR1_G_only", ErrorKind.CR1, SmallSample.ClustersOnly);
            Check("CR2", ErrorKind.CR2, SmallSample.Fixest, 1e-9);
            if (!isSingular)
                Check("CR3_clubSandwich", ErrorKind.CR3, SmallSample.Fixest, 1e-9);
            else
                Check("CV3_jackknife", ErrorKind.CR3, SmallSample.Fixest, 1e-9, Math.Sqrt(way.Value.Number("G") / (way.Value.Number("G") - 1)));
            Check("CV3_jackknife", ErrorKind.Jackknife, SmallSample.Fixest, 1e-9);
            Assert.Equal(way.Value.GetProperty("G").GetInt32(), fixest.Clusters[0].Count);
            Assert.Equal(way.Value.GetProperty("K_nested").GetInt32(), fixest.CountedParameters);
            Assert.Equal(way.Value.GetProperty("K_full").GetInt32(), areg.CountedParameters);
            foreach (JsonProperty term in way.Value.GetProperty("p_CR1_nested_t_G_minus_1").EnumerateObject())
                Reference.Near(term.Value.GetDouble(), fixest[term.Name].P, 1e-9, $"{id} {way.Name} {term.Name} p");
            if (!way.Value.TryGetProperty("CR2_satterthwaite_df", out JsonElement degrees))
                continue;
            OlsFit cr2 = Fit(golden, new OlsOptions { Errors = ErrorKind.CR2 }, way.Name);
            foreach (JsonProperty term in degrees.EnumerateObject())
            {
                Reference.Near(term.Value.GetDouble(), cr2[term.Name].Degrees, 1e-9, $"{id} {way.Name} {term.Name} degrees of freedom");
                Reference.Near(way.Value.GetProperty("CR2_p_satterthwaite").Number(term.Name), cr2[term.Name].P, 1e-9, $"{id} {way.Name} {term.Name} p");
            }

            OlsFit? Check(string name, ErrorKind errors, SmallSample convention, double relative = 1e-11, double factor = 1)
            {
                if (!way.Value.TryGetProperty(name, out JsonElement expected))
                    return null;
                OlsFit fit = Fit(golden, new OlsOptions { Errors = errors, SmallSample = convention }, way.Name);
                foreach (JsonProperty term in expected.EnumerateObject())
                    if (term.Value.ValueKind == JsonValueKind.Null)
                        Assert.Contains($"left out, {decisive.GetProperty(term.Name).GetInt32()} of the clusters", fit[term.Name].Note, StringComparison.Ordinal);
                    else
                        Reference.Near(term.Value.GetDouble() * factor, fit[term.Name].Error, relative, $"{id} {way.Name} {term.Name} {name}");
                return fit;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ErrorsOfTwoWaysAreThoseOfTheReference(string id)
    {
        JsonElement golden = Golden(id);
        foreach (JsonProperty ways in golden.GetProperty("cluster").EnumerateObject().Where(way => way.Name.Contains('+', StringComparison.Ordinal)))
        {
            string[] names = ways.Name.Split('+');
            Check("CGM0", Fit(golden, new OlsOptions { Errors = ErrorKind.CR0 }, names), 1);
            OlsFit fixest = Fit(golden, new OlsOptions { Errors = ErrorKind.CR1 }, names);
            Assert.Equal(ways.Value.GetProperty("K_used").GetInt32(), fixest.CountedParameters);
            Check("min_adj_fixest_reghdfe", fixest, 1);
            // The conventional formula has a factor for each way; the reference counts parameters as fixest does there too.
            OlsFit areg = Fit(golden, new OlsOptions { Errors = ErrorKind.CR1, SmallSample = SmallSample.Areg }, names);
            Check("conventional_adj", areg, Math.Sqrt((areg.Rows - areg.CountedParameters) / (double)(fixest.Rows - fixest.CountedParameters)));

            void Check(string name, OlsFit fit, double factor)
            {
                foreach (JsonProperty term in ways.Value.GetProperty(name).EnumerateObject())
                    if (term.Value.ValueKind == JsonValueKind.Null)
                        Assert.Contains("not positive", fit[term.Name].Note, StringComparison.Ordinal);
                    else
                        Reference.Near(term.Value.GetDouble(), fit[term.Name].Error * factor, 1e-9, $"{id} {ways.Name} {term.Name} {name}");
            }
        }
    }

    [Theory]
    [InlineData("did4/turnover_total")]
    [InlineData("did4/turnover_workplace")]
    [InlineData("did4/turnover_municipality")]
    public void SingletonsAreDroppedAsByReghdfe(string id)
    {
        JsonElement golden = Golden(id);
        JsonElement singletons = golden.GetProperty("singletons");
        OlsFit robust = Fit(golden, new OlsOptions { DropSingletons = true });
        OlsFit clustered = Fit(golden, new OlsOptions { Errors = ErrorKind.CR1, SmallSample = SmallSample.Reghdfe }, "workplace");

        Assert.Equal(singletons.GetProperty("dropped").GetInt64(), robust.DroppedSingletons);
        Assert.Equal(singletons.GetProperty("n_after").GetInt64(), robust.Rows);
        Assert.Equal(singletons.GetProperty("dropped").GetInt32(), robust.Effects[0].Singletons);
        foreach (JsonProperty term in singletons.GetProperty("HC1_reghdfe_singletons_dropped").EnumerateObject())
            Reference.Near(term.Value.GetDouble(), robust[term.Name].Error, 1e-11, $"{id} {term.Name}");
        foreach (JsonProperty term in singletons.GetProperty("CR1_workplace_reghdfe").EnumerateObject())
            Reference.Near(term.Value.GetDouble(), clustered[term.Name].Error, 1e-11, $"{id} {term.Name}");
    }

    private static JsonElement Golden(string id) => Reference.Golden.GetProperty("regressions").EnumerateArray().Single(of => of.Text("id") == id);

    // The outcomes of a model share its regressors: each is fitted once for all three.
    private static OlsFit Fit(JsonElement golden, OlsOptions options, params string[] clusters)
    {
        string model = golden.Text("id").Split('/')[0];
        (string, OlsOptions, string) key = (model, options, string.Join('+', clusters));
        if (!Fits.TryGetValue(key, out IReadOnlyList<OlsFit>? fits))
            Fits[key] = fits = FitAll(golden, options, clusters);
        return fits.Single(fit => fit.Outcome == golden.Text("outcome"));
    }

    private static IReadOnlyList<OlsFit> FitAll(JsonElement golden, OlsOptions options, string[] clusters)
    {
        Synth sample = Synth.Sample(golden.Text("sample"));
        bool isCollinear = golden.GetProperty("dropped_collinear").GetArrayLength() > 0;
        var rows = new ModelRows
        {
            Regressors = [.. golden.GetProperty("regressors").EnumerateArray().Select(name => sample.Variable(name.GetString()!))],
            Outcomes = [.. Synth.Outcomes.Select(sample.Variable)],
            Effects = [.. golden.GetProperty("fe").EnumerateArray().Select(name => sample.Grouping(name.GetString()!))],
            Clusters = [.. clusters.Select(sample.Grouping)],
        };
        return Ols.Fit(rows, isCollinear ? options with { Collinearity = Collinearity.LeaveOutLater } : options);
    }
}
