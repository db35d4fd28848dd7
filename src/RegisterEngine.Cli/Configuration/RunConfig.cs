using RegisterEngine.Cells;
using RegisterEngine.Columns;
using RegisterEngine.Panel;
using RegisterEngine.Sources;

namespace RegisterEngine.Cli.Configuration;

/// <summary>All that a run can be told, by a configuration file and by the command line, which has the last word.</summary>
internal sealed record RunConfig
{
    /// <summary>Files, folders, patterns, archives, or <c>-</c>.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Layouts: names of built-in ones, files, folders.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary>The years that are data; null for all.</summary>
    public YearSpan? DataYears { get; init; }

    /// <summary>Columns that are not read.</summary>
    public IReadOnlyList<RegisterColumn> Without { get; init; } = [];

    /// <summary>File with the key by which person ids are replaced.</summary>
    public string? PseudonymiseKey { get; init; }

    /// <summary>How many rows may be rejected.</summary>
    public RejectLimit MaxRejects { get; init; } = RejectLimit.Usual;

    /// <summary>The rules of the panel.</summary>
    public PanelOptions Panel { get; init; } = new();

    /// <summary>Age groups.</summary>
    public AgeGroups Ages { get; init; } = AgeGroups.TenYears;

    /// <summary>Which person-years are counted, for all tables that do not say otherwise.</summary>
    public Sample Sample { get; init; } = new();

    /// <summary>The tables; the usual ones where none is named.</summary>
    public IReadOnlyList<TurnoverPlan>? Tables { get; init; }

    /// <summary>Further tables.</summary>
    public IReadOnlyList<TurnoverPlan> MoreTables { get; init; } = [];

    /// <summary>Measures of tables that do not say otherwise.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = RegisterEngine.Cells.Measures.All;

    /// <summary>Denominator of tables that do not say otherwise.</summary>
    public Denominator Denominator { get; init; }

    /// <summary>How years are written in tables that do not say otherwise.</summary>
    public YearLabel Label { get; init; }

    /// <summary>Threads; null for all processors.</summary>
    public int? Threads { get; init; }

    /// <summary>Bytes of memory; null for three quarters of what there is.</summary>
    public long? Memory { get; init; }

    /// <summary>Where temporary files go.</summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();
}
