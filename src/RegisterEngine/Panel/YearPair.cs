using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>What there is to know about a person-year and the next one of the same person, to tell whether the second is a new hire and what became of the first.</summary>
[Flags]
internal enum YearPair
{
    /// <summary>There are no rows of the person in the other year.</summary>
    None = 0,

    /// <summary>There are rows in both years; without it, the other signs mean nothing.</summary>
    Found = PairScan.Beside,

    /// <summary>The first has an employment in the universe.</summary>
    FirstWithin = PairScan.FirstMarked,

    /// <summary>The second has an employment in the universe.</summary>
    SecondWithin = PairScan.SecondMarked,

    /// <summary>The workplaces of the main jobs are the same.</summary>
    SameWorkplace = PairScan.SameGroup,

    /// <summary>Their municipalities are the same.</summary>
    SameMunicipality = PairScan.SamePart,
}

/// <summary>The rules of new hires and transitions, for years that the data have beside each other and units without gaps.</summary>
internal static class YearPairs
{
    /// <summary>How many combinations of signs there are.</summary>
    public const int Count = 32;

    /// <summary>Whether the second is a new hire.</summary>
    public static NewHire NewHireOf(YearPair pair) =>
        pair.HasFlag(YearPair.Found | YearPair.FirstWithin | YearPair.SameWorkplace) ? NewHire.No : NewHire.Yes;

    /// <summary>What became of the first.</summary>
    public static Transition TransitionOf(YearPair pair) =>
        !pair.HasFlag(YearPair.Found) ? Transition.LeaveRegister
        : !pair.HasFlag(YearPair.SecondWithin) ? Transition.LeaveUniverse
        : pair.HasFlag(YearPair.SameWorkplace) ? Transition.Stay
        : pair.HasFlag(YearPair.SameMunicipality) ? Transition.MoveWithinMunicipality
        : Transition.MoveBetweenMunicipalities;
}
