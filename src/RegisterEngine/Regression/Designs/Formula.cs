using RegisterEngine.Cells;
using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>A model as text: terms are <c>age</c>, <c>woman</c>, dimensions (an indicator for each value but the first), <c>post</c>, <c>treat</c>, <c>treat_post</c>, and products <c>a:b</c>.</summary>
public sealed record Formula
{
    /// <summary>Outcomes: each is a model of its own.</summary>
    public required IReadOnlyList<Measure> Outcomes { get; init; }

    /// <summary>Terms, in the order of results.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Effects that are absorbed.</summary>
    public IReadOnlyList<Dimension> Effects { get; init; } = [];

    /// <summary>Clusters of errors: none, one or two ways.</summary>
    public IReadOnlyList<Dimension> Clusters { get; init; } = [];

    /// <summary>Which person-years count.</summary>
    public Sample Sample { get; init; } = new();

    /// <summary>The programme that <c>post</c>, <c>treat</c> and <c>treat_post</c> are about; null where the model has none of them. With it, only treated workplaces and municipalities without any count.</summary>
    public Treatments? Treatments { get; init; }

    /// <summary>Words for dimensions.</summary>
    public required IReadOnlyDictionary<string, Dimension> Dimensions { get; init; }

    /// <summary>The table of moments that the model is fitted to.</summary>
    public MomentPlan Plan(string name, bool keepRows)
    {
        IEnumerable<Dimension> needed =
        [
            .. Treatments is null ? [] : (Dimension[])[Dimension.Workplace, Dimension.Municipality, Dimension.Year], .. Effects, .. Clusters,
            .. Terms.SelectMany(term => term.Split(':')).Where(Dimensions.ContainsKey).Select(part => Dimensions[part]),
        ];
        return new MomentPlan { Name = name, By = [.. needed.Distinct().Order()], Sample = Sample, KeepRows = keepRows };
    }

    /// <summary>Fits a model of each outcome with each of some kinds of errors, and tells of each term of a treatment how many treated workplaces identify it.</summary>
    /// <returns>By option, then outcome.</returns>
    /// <exception cref="RegressionException">A term is not known, or cells do not hold it; no person-year is complete, or the options ask for what the cells do not have.</exception>
    public IReadOnlyList<IReadOnlyList<OlsFit>> Fit(MomentTable table, params ReadOnlySpan<OlsOptions> options)
    {
        EvaluationSample? sample = SampleOf(table);
        CellModel model = Model(table, sample);
        IReadOnlyList<IReadOnlyList<OlsFit>> fits = model.Fit(options);
        if (sample is null)
            return fits;
        var clusters = new TreatedClusters(model, sample);
        var identified = new Dictionary<string, int?>();
        foreach ((int i, CellRegressor regressor) in model.Regressors.Index())
            if (regressor.Name.Split(':').Any(part => part is DesignTerms.Post or DesignTerms.Treat or DesignTerms.TreatPost))
                identified[regressor.Name] = clusters.Of(i);
        return [.. fits.Select(of => (IReadOnlyList<OlsFit>)[.. of.Select(fit => fit with { Coefficients = [.. fit.Coefficients.Select(Told)] })])];

        Coefficient Told(Coefficient coefficient) => identified.TryGetValue(coefficient.Term, out int? count) ? coefficient with { TreatedClusters = count } : coefficient;
    }

    /// <summary>The names in results of what a term stands for: a factor has one for each of its values but the first.</summary>
    /// <exception cref="RegressionException">The model has no such term.</exception>
    public IReadOnlyList<string> NamesOf(string term, MomentTable table)
    {
        if (!Terms.Contains(term))
            throw new RegressionException($"The term '{term}', which is to be tested, is not among those of the model: {string.Join(", ", Terms)}.");
        EvaluationSample? sample = SampleOf(table);
        return [.. Regressors(term, sample?.Frame ?? CellFrame.Of(table), sample).Select(regressor => regressor.Name)];
    }

    /// <summary>The model over the cells of its table.</summary>
    /// <exception cref="RegressionException">A term is not known, or cells do not hold it.</exception>
    public CellModel Model(MomentTable table) => Model(table, SampleOf(table));

    private EvaluationSample? SampleOf(MomentTable table) =>
        Treatments is null ? null : EvaluationSample.Of(table, Treatments, Sample.Years ?? AllYears(table), null).WithControls();

    private CellModel Model(MomentTable table, EvaluationSample? sample)
    {
        CellFrame frame = sample?.Frame ?? CellFrame.Of(table);
        return new CellModel
        {
            Frame = frame,
            Regressors = [.. Terms.SelectMany(term => Regressors(term, frame, sample))],
            Measures = Outcomes,
            Effects = [.. Effects.Select(effect => frame.Grouping(effect, NameOf(effect)))],
            Clusters = [.. Clusters.Select(cluster => frame.Grouping(cluster, NameOf(cluster)))],
        };
    }

    private IEnumerable<CellRegressor> Regressors(string term, CellFrame frame, EvaluationSample? sample)
    {
        IEnumerable<CellRegressor> products = [CellRegressor.Of("", null!)];
        foreach (string part in term.Split(':', StringSplitOptions.TrimEntries))
            products = [.. from left in products from right in Part(part, frame, sample) select Product(term, left, right)];
        return products;
    }

    private IEnumerable<CellRegressor> Part(string part, CellFrame frame, EvaluationSample? sample)
    {
        if (Dimensions.TryGetValue(part, out Dimension dimension))
        {
            int[] values = frame.Values(dimension);
            return values.Distinct().Order().Skip(1).Select(value => CellRegressor.Of($"{part}={frame.Labels(dimension)[value]}", Indicator(cell => values[cell] == value)));
        }
        return part switch
        {
            "age" => [CellRegressor.Age()],
            "woman" => [CellRegressor.Woman()],
            DesignTerms.Post or DesignTerms.Treat or DesignTerms.TreatPost when sample is null => throw new RegressionException($"The term '{part}' needs a treatment table."),
            DesignTerms.Post => [CellRegressor.Of(part, Indicator(cell => sample!.Post[cell]))],
            DesignTerms.Treat => [CellRegressor.Of(part, Indicator(cell => sample!.Treated[cell] >= 0))],
            DesignTerms.TreatPost => [CellRegressor.Of(part, Indicator(cell => sample!.Treated[cell] >= 0 && sample.Post[cell]))],
            _ => throw new RegressionException(
                $"The term '{part}' is not known; there are age, woman, post, treat, treat_post, and the dimensions {string.Join(", ", Dimensions.Keys)}."),
        };

        double[] Indicator(Func<int, bool> of) => [.. Enumerable.Range(0, frame.Count).Select(cell => of(cell) ? 1.0 : 0.0)];
    }

    private static CellRegressor Product(string term, CellRegressor a, CellRegressor b)
    {
        if (a.Name.Length == 0)
            return b;
        if (a.Base != CellBase.None && b.Base != CellBase.None)
            throw new RegressionException($"The term '{term}' multiplies age and sex of a person, of which cells hold no product with outcomes.");
        double[]? factor = a.Factor is null ? b.Factor : b.Factor is null ? a.Factor : [.. a.Factor.Zip(b.Factor, (x, y) => x * y)];
        string name = $"{a.Name}:{b.Name}";
        return (a.Base == CellBase.None ? b.Base : a.Base) switch
        {
            CellBase.Age => CellRegressor.Age(name, factor),
            CellBase.Woman => CellRegressor.Woman(name, factor),
            _ => CellRegressor.Of(name, factor!),
        };
    }

    /// <summary>The word for a dimension.</summary>
    public string NameOf(Dimension dimension) => Dimensions.FirstOrDefault(word => word.Value == dimension).Key ?? $"{dimension}";

    private static int[] AllYears(MomentTable table) =>
        [.. table.Dimensions[table.Find(Dimension.Year)].Labels.Select(label => int.Parse(label, System.Globalization.CultureInfo.InvariantCulture))];
}
