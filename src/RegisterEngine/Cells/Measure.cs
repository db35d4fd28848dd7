using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>Turnover measures: which transitions count as leaving.</summary>
public enum Measure
{
    /// <summary>Out of the universe or the register ("kommunenivå").</summary>
    SectorExit,

    /// <summary>To another workplace of the universe ("virksomhetsnivå" in the evaluation).</summary>
    WorkplaceMove,

    /// <summary>One or the other; they exclude each other, so this is their sum, exactly, in every cell.</summary>
    Total,

    /// <summary>Anything but staying at the workplace: the same number as <see cref="Total"/>, called "virksomhetsnivå" in KS's national figures.</summary>
    WorkplaceExit,

    /// <summary>Out of the municipality or of the universe, as the Directorate of Health counts.</summary>
    MunicipalityExit,

    /// <summary>In no employment of the register: KS's own published measure of persons.</summary>
    RegisterExit,
}

/// <summary>What the measures are made of.</summary>
public static class Measures
{
    /// <summary>All measures, in their order.</summary>
    public static IReadOnlyList<Measure> All { get; } = Enum.GetValues<Measure>();

    /// <summary>Whether a transition counts as leaving; null where nobody can tell.</summary>
    public static bool? IsLeaving(this Measure measure, Transition transition) =>
        transition == Transition.Unknown ? null : (TransitionsOf(measure) >> (int)transition & 1) != 0;

    /// <summary>Person-years of a cell that count as leaving.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="counts">The person-years of the cell.</param>
    public static long Leavers(this Measure measure, CellCounts counts)
    {
        long leavers = 0;
        for (Transition transition = 0; (int)transition < CellCounts.Length; transition++)
            if ((TransitionsOf(measure) >> (int)transition & 1) != 0)
                leavers += counts[transition];
        return leavers;
    }

    /// <summary>The transitions that count as leaving, in their order.</summary>
    internal static Transition[] Counted(this Measure measure) =>
        [.. Enum.GetValues<Transition>().Where(transition => (TransitionsOf(measure) >> (int)transition & 1) != 0)];

    // A bit for each transition that counts.
    private static int TransitionsOf(Measure measure)
    {
        const int within = 1 << (int)Transition.MoveWithinMunicipality;
        const int between = 1 << (int)Transition.MoveBetweenMunicipalities;
        const int universe = 1 << (int)Transition.LeaveUniverse;
        const int register = 1 << (int)Transition.LeaveRegister;
        return measure switch
        {
            Measure.SectorExit => universe | register,
            Measure.WorkplaceMove => within | between,
            Measure.Total or Measure.WorkplaceExit => within | between | universe | register,
            Measure.MunicipalityExit => between | universe | register,
            Measure.RegisterExit => register,
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        };
    }
}
