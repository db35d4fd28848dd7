using RegisterEngine.Regression.Models;

namespace RegisterEngine.Regression.Designs;

/// <summary>Fits the models of an equation, or says why it cannot.</summary>
internal static class EquationLines
{
    /// <summary>A line for each definition of the period after (that of all years first), equation, specification and measure, in this order.</summary>
    public static IReadOnlyList<ModelLine> All(string population, EvaluationSample treated, EvaluationSample both, EvaluationOptions options, CancellationToken cancellation = default)
    {
        (string? Period, EvaluationSample Treated, EvaluationSample Both)[] periods =
            [(null, treated, both), .. options.After.Select(after => (Evaluation.PeriodOf(after), treated.During(after), both.During(after)))];
        (int Period, Equation Equation, Specification Specification)[] models =
        [
            .. from period in Enumerable.Range(0, periods.Length)
               from equation in Enum.GetValues<Equation>()
               from specification in Enum.GetValues<Specification>()
               select (period, equation, specification),
        ];
        var lines = new IReadOnlyList<ModelLine>[models.Length];
        // The last have most to do.
        Workers.For(Environment.ProcessorCount, lines.Length, (turn, _) =>
        {
            int model = lines.Length - 1 - turn;
            (int of, Equation equation, Specification specification) = models[model];
            EvaluationSample sample = equation == Equation.BeforeAfter ? periods[of].Treated : periods[of].Both;
            lines[model] = [.. Of(population, equation, specification, periods[of].Period, sample, options)];
        }, cancellation);
        return [.. lines.SelectMany(of => of)];
    }

    /// <summary>A line for each measure.</summary>
    public static IEnumerable<ModelLine> Of(
        string population, Equation equation, Specification specification, string? period, EvaluationSample sample, EvaluationOptions options)
    {
        int identified = Identification.Count(sample, equation, specification);
        IReadOnlyList<IReadOnlyList<OlsFit>> fits = [];
        string? lack = LackOf(sample, equation);
        if (lack is null)
        {
            try
            {
                fits = Fit(sample, equation, specification, options);
            }
            catch (RegressionException e)
            {
                lack = e.Message;
            }
        }
        return options.Measures.Select((measure, i) => new ModelLine(
            population, equation, specification, period, measure, [.. fits.Select(ofErrors => ofErrors[i])],
            sample.TreatedBefore(measure).Rate,
            fits.Count > 0 && fits[0][i][DesignTerms.EffectOf(equation)].Value is null ? 0 : identified, lack));
    }

    /// <summary>Why an equation has no model; null where it has.</summary>
    public static string? LackOf(EvaluationSample sample, Equation equation)
    {
        bool[] seen = new bool[4];
        for (int cell = 0; cell < sample.Frame.Count; cell++)
            seen[(sample.Treated[cell] >= 0 ? 2 : 0) + (sample.Post[cell] ? 1 : 0)] = true;
        bool Has(bool treated, bool post) => seen[(treated ? 2 : 0) + (post ? 1 : 0)];
        string[] lacking =
        [
            .. Has(true, false) ? [] : (string[])["treated workplaces before the start"],
            .. Has(true, true) ? [] : (string[])["treated workplaces after the start"],
            .. equation == Equation.BeforeAfter || Has(false, false) ? [] : (string[])["controls before the start"],
            .. equation == Equation.BeforeAfter || Has(false, true) ? [] : (string[])["controls after the start"],
        ];
        return lacking.Length == 0 ? null : $"no person-years with a known transition at {string.Join(", ", lacking)}";
    }

    // Models without workplaces need none: their cells are few once they are added together. Clustered errors alone ask for those of workplaces.
    private static IReadOnlyList<IReadOnlyList<OlsFit>> Fit(EvaluationSample sample, Equation equation, Specification specification, EvaluationOptions options)
    {
        bool isClustered = options.Errors.Any(errors => errors.Errors >= ErrorKind.CR0);
        if (specification == Specification.AgeSexAndEffects)
            return DesignModels.Of(sample, equation, specification, options.Measures, isClustered).Fit([.. options.Errors]);
        CellModel coarse = DesignModels.Of(sample.Collapse(), equation, specification, options.Measures, false);
        CellModel model = isClustered ? DesignModels.Of(sample, equation, specification, options.Measures, true) with { Coarse = coarse } : coarse;
        return model.Fit([.. options.Errors]);
    }
}
