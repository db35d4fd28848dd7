using RegisterEngine.Regression.Probability;

namespace RegisterEngine.Regression.Workplaces;

/// <summary>One effect for each workplace: arrays by workplace, NaN where there is none.</summary>
/// <param name="Value">The effects.</param>
/// <param name="Error">Their standard errors.</param>
/// <param name="Degrees">Degrees of freedom of each.</param>
public sealed record WorkplaceEffects(double[] Value, double[] Error, double[] Degrees)
{
    /// <summary>Probability of a t at least as far from zero; null where there is no t.</summary>
    public double? P(int workplace) => double.IsFinite(Value[workplace]) && Error[workplace] > 0 && Degrees[workplace] > 0
        ? StudentT.TwoSided(Value[workplace] / Error[workplace], Degrees[workplace])
        : null;

    /// <summary>Why a workplace has no t; null where it has.</summary>
    public string? NoteOf(int workplace, (long Before, long After) rows) => (rows, P(workplace)) switch
    {
        (_, not null) => null,
        ((0, _), _) => "no person-years before",
        ((_, 0), _) => "no person-years after",
        _ when !double.IsFinite(Value[workplace]) => "not identified: other regressors make it up",
        _ when Degrees[workplace] <= 0 => "no degrees of freedom are left",
        _ => "the measure does not vary",
    };
}
