using RegisterEngine.Cells;
using RegisterEngine.Regression.Inference;
using RegisterEngine.Regression.Workplaces;

namespace RegisterEngine.Regression.Designs;

/// <summary>A measure before and after, in one group: a line of tables 4-1 and 4-2.</summary>
/// <param name="Population">The population.</param>
/// <param name="Group">Treated workplaces, or all of the country.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Before">Leavers before.</param>
/// <param name="After">Leavers after.</param>
/// <param name="Test">The difference, before less after, with pooled variance.</param>
/// <param name="Welch">The same with a variance for each period.</param>
/// <param name="FisherP">Probability of Fisher's exact test; null where a period is empty.</param>
public sealed record MeansLine(
    string Population, string Group, Measure Measure, Proportion Before, Proportion After, TwoSample Test, TwoSample Welch, double? FisherP);

/// <summary>The change at one treated workplace: a bar of figure 4-3.</summary>
/// <param name="Population">The population.</param>
/// <param name="Workplace">The workplace.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Before">Leavers before.</param>
/// <param name="After">Leavers after.</param>
/// <param name="FisherP">Probability of Fisher's exact test; null where a period is empty.</param>
public sealed record WorkplaceChange(string Population, Treatment Workplace, Measure Measure, Proportion Before, Proportion After, double? FisherP)
{
    /// <summary>After less before; null where a period is empty.</summary>
    public double? Change => After.Rate - Before.Rate;

    /// <summary>Why there is no change; null where there is.</summary>
    public string? Note => (Before.Of, After.Of) switch
    {
        (0, 0) => "no person-years",
        (0, _) => "no person-years before",
        (_, 0) => "no person-years after",
        _ => null,
    };
}

/// <summary>A model of an equation: a column of tables 7-1 to 7-4.</summary>
/// <param name="Population">The population, or the comparison.</param>
/// <param name="Equation">The equation.</param>
/// <param name="Specification">The specification.</param>
/// <param name="Period">The definition of the period after; null where there is one only.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Fits">By kind of errors; none where there is no model.</param>
/// <param name="BeforeMean">The measure at treated workplaces before the start; null where nobody was there.</param>
/// <param name="TreatedClusters">Treated workplaces that identify the effect.</param>
/// <param name="Note">Why there is no model; null where there is.</param>
public sealed record ModelLine(
    string Population, Equation Equation, Specification Specification, string? Period, Measure Measure, IReadOnlyList<OlsFit> Fits, double? BeforeMean, int TreatedClusters, string? Note)
{
    /// <summary>The coefficient that is the effect, with the first kind of errors; null where there is no model.</summary>
    public Coefficient? Effect => Fits.Count > 0 ? Fits[0][DesignTerms.EffectOf(Equation)] with { TreatedClusters = TreatedClusters } : null;
}

/// <summary>Age and sex of a group before and after: figure 7-5.</summary>
/// <param name="Population">The population.</param>
/// <param name="Group">Treated workplaces, or all of the country.</param>
/// <param name="NewHire">New hires (yes), others (no), or unknown (empty).</param>
/// <param name="IsAfter">After the start.</param>
/// <param name="Age">Mean of known ages; null where there are none.</param>
/// <param name="Women">Women among those whose sex is known.</param>
public sealed record CharacteristicLine(string Population, string Group, string NewHire, bool IsAfter, double? Age, Proportion Women);

/// <summary>A measure in one year: a point of figures 7-6 to 7-8.</summary>
/// <param name="Population">The population.</param>
/// <param name="Group">Treated workplaces, or controls.</param>
/// <param name="Year">The year.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Turnover">Leavers.</param>
public sealed record TrendLine(string Population, string Group, int Year, Measure Measure, Proportion Turnover);

/// <summary>How sure the effect of one model is, with so few treated workplaces.</summary>
/// <param name="Population">The population.</param>
/// <param name="Equation">The equation.</param>
/// <param name="Specification">Its specification.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Bootstrap">Wild cluster bootstrap.</param>
/// <param name="Placebo">Randomisation inference; null where the equation or the specification has none.</param>
/// <param name="Least">The least effect without one of the treated workplaces, and that workplace.</param>
/// <param name="Most">The most.</param>
/// <param name="DetectableEffect">The least effect that would be found, by clustered errors; null where there are none.</param>
/// <param name="Note">Why something is missing; null where nothing is.</param>
public sealed record RobustnessLine(
    string Population, Equation Equation, Specification Specification, Measure Measure, WildBootstrapResult? Bootstrap, PlaceboResult? Placebo, (double Effect, string Without)? Least,
    (double Effect, string Without)? Most, double? DetectableEffect, string? Note)
{
    /// <summary>The probability of finding the effect that is expected, by clustered errors; null where none is expected, or there are no such errors.</summary>
    public double? PowerForExpected { get; init; }
}

/// <summary>Effects by years since the start, by the three estimators.</summary>
/// <param name="Population">The population.</param>
/// <param name="Measure">The measure.</param>
/// <param name="EventStudy">With effects of workplaces and years; null where it cannot be fitted.</param>
/// <param name="GroupTime">Callaway and Sant'Anna; null where it cannot be estimated.</param>
/// <param name="GroupTimeWithControls">The same next to age and sex, doubly robust; null where it cannot be estimated.</param>
/// <param name="InteractionWeighted">Sun and Abraham; null where it cannot be fitted.</param>
/// <param name="Note">Why something is missing; null where nothing is.</param>
public sealed record DynamicLine(
    string Population, Measure Measure, EventStudyFit? EventStudy, GroupTimeEffects? GroupTime, GroupTimeEffects? GroupTimeWithControls, SunAbrahamFit? InteractionWeighted,
    string? Note);

/// <summary>All results of an evaluation.</summary>
public sealed record EvaluationResult
{
    /// <summary>The programme.</summary>
    public required Treatments Treatments { get; init; }

    /// <summary>How it was evaluated.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>Tables 4-1 and 4-2.</summary>
    public required IReadOnlyList<MeansLine> Means { get; init; }

    /// <summary>Figure 4-3.</summary>
    public required IReadOnlyList<WorkplaceChange> Changes { get; init; }

    /// <summary>Tables 7-1 to 7-4.</summary>
    public required IReadOnlyList<ModelLine> Models { get; init; }

    /// <summary>Figure 7-5.</summary>
    public required IReadOnlyList<CharacteristicLine> Characteristics { get; init; }

    /// <summary>Figures 7-6 to 7-8.</summary>
    public required IReadOnlyList<TrendLine> Trends { get; init; }

    /// <summary>Effects by years since the start.</summary>
    public required IReadOnlyList<DynamicLine> Dynamics { get; init; }

    /// <summary>Inference for few treated workplaces.</summary>
    public required IReadOnlyList<RobustnessLine> Robustness { get; init; }

    /// <summary>All workplaces with enough person-years of the first population.</summary>
    public required IReadOnlyList<WorkplaceLine> Workplaces { get; init; }

    /// <summary>Table 7-5: comparisons of municipalities, before and after.</summary>
    public required IReadOnlyList<MeansLine> ComparedMeans { get; init; }

    /// <summary>Tables 7-6 and 7-7.</summary>
    public required IReadOnlyList<ModelLine> ComparedModels { get; init; }
}
