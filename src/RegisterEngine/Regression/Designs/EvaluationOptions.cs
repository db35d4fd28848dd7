using RegisterEngine.Cells;
using RegisterEngine.Regression.Inference;

namespace RegisterEngine.Regression.Designs;

/// <summary>A population that an evaluation is made for.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="PositionCodes">Position codes; null for all.</param>
public sealed record Population(string Name, IReadOnlyList<string>? PositionCodes);

/// <summary>Treated municipalities against others, before and after by years: the same start for all.</summary>
public sealed record RegionComparison
{
    /// <summary>Its name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>Municipalities that are treated.</summary>
    public required IReadOnlyList<string> Treated { get; init; }

    /// <summary>Municipalities that they are compared with.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>Position codes; null for all.</summary>
    public IReadOnlyList<string>? PositionCodes { get; init; }

    /// <summary>Service areas; null for all.</summary>
    public IReadOnlyList<string>? ServiceAreas { get; init; }

    /// <summary>Workplaces; null for all of the municipalities.</summary>
    public IReadOnlyList<string>? Workplaces { get; init; }

    /// <summary>Years before.</summary>
    public required IReadOnlyList<int> Before { get; init; }

    /// <summary>Definitions of the period after: each is a model of its own. Years in neither are left out.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> After { get; init; }
}

/// <summary>How a programme is evaluated; the defaults are those of the evaluation of the mentor programme.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Populations: each analysis is made for each of them.</summary>
    public IReadOnlyList<Population> Populations { get; init; } =
        [new("health personnel", ["7174", "7523", "7734", "7076", "7075", "7681", "7517", "7726"]), new("nurses", ["7174"])];

    /// <summary>Least size of the main job, in hundredths of a percent; null for any.</summary>
    public int? MinimumSize { get; init; } = 6000;

    /// <summary>Whether only new hires count.</summary>
    public bool NewHiresOnly { get; init; } = true;

    /// <summary>Service areas; null for all.</summary>
    public IReadOnlyList<string>? ServiceAreas { get; init; }

    /// <summary>Years; null for two before the start of the programme and all after it.</summary>
    public IReadOnlyList<int>? Years { get; init; }

    /// <summary>
    /// Definitions of the period after the start, beside that of all its years: each makes all models once more, without the years after the start that are not among its.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> After { get; init; } = [];

    /// <summary>Measures.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [Measure.Total, Measure.WorkplaceMove, Measure.SectorExit];

    /// <summary>Errors that stand in the tables of models; the first is the one of stars and intervals.</summary>
    public IReadOnlyList<OlsOptions> Errors { get; init; } = [new(), new() { Errors = ErrorKind.CR1 }];

    /// <summary>Comparisons of municipalities.</summary>
    public IReadOnlyList<RegionComparison> Comparisons { get; init; } = [];

    /// <summary>Placebo treatments.</summary>
    public int Draws { get; init; } = 9999;

    /// <summary>Draws of the wild bootstrap, where there are more combinations of signs than these.</summary>
    public int BootstrapDraws { get; init; } = 999;

    /// <summary>By what the wild bootstrap multiplies residuals.</summary>
    public WildWeights BootstrapWeights { get; init; }

    /// <summary>Seed of all draws.</summary>
    public ulong Seed { get; init; } = 20221201;

    /// <summary>Person-years that a workplace must have to be shown among all workplaces.</summary>
    public int WorkplaceMinimum { get; init; } = 20;

    /// <summary>Power that the minimum detectable effect is for.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>An effect that the programme may be expected to have: the power to find it is told; null where none is.</summary>
    public double? ExpectedEffect { get; init; }
}
