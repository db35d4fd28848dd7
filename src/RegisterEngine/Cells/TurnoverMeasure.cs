using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>A 0/1 outcome of a person-year, told by its transition; unknown where the transition is.</summary>
public enum TurnoverMeasure
{
    /// <summary>Left the universe or the register.</summary>
    SectorExit,

    /// <summary>Moved to another workplace of the universe.</summary>
    WorkplaceMove,

    /// <summary>Sector exit or workplace move, which exclude each other.</summary>
    Total,

    /// <summary>Anything but a stay: the same 0/1 as the total, under the name that national figures give it.</summary>
    WorkplaceExit,

    /// <summary>Left the municipality or the universe.</summary>
    MunicipalityExit,

    /// <summary>Left the register: no employment of any kind.</summary>
    RegisterExit,
}

/// <summary>What the turnover measures count.</summary>
public static class TurnoverMeasures
{
    private const Transition MoveWithin = Transition.MoveWithinMunicipality;
    private const Transition MoveBetween = Transition.MoveBetweenMunicipalities;

    private static readonly Transition[][] Counted =
    [
        [Transition.LeaveUniverse, Transition.LeaveRegister],
        [MoveWithin, MoveBetween],
        [MoveWithin, MoveBetween, Transition.LeaveUniverse, Transition.LeaveRegister],
        [MoveWithin, MoveBetween, Transition.LeaveUniverse, Transition.LeaveRegister],
        [MoveBetween, Transition.LeaveUniverse, Transition.LeaveRegister],
        [Transition.LeaveRegister],
    ];

    private static readonly string[] Names = ["sector exit", "workplace move", "total", "workplace exit", "municipality exit", "register exit"];

    /// <summary>All measures, in their order.</summary>
    public static IReadOnlyList<TurnoverMeasure> All { get; } = Enum.GetValues<TurnoverMeasure>();

    /// <summary>The transitions that make a measure one.</summary>
    public static IReadOnlyList<Transition> TransitionsOf(TurnoverMeasure measure) => Counted[(int)measure];

    /// <summary>The name of a measure, as tables print it.</summary>
    public static string NameOf(TurnoverMeasure measure) => Names[(int)measure];

    /// <summary>The measure of a name, or null.</summary>
    public static TurnoverMeasure? Find(string name)
    {
        for (int i = 0; i < Names.Length; i++)
            if (Names[i] == name)
                return (TurnoverMeasure)i;
        return null;
    }
}
