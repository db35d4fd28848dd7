using RegisterEngine.Panel;

namespace RegisterEngine.Cells;

/// <summary>What moments need to know of a person-year, in the lowest 14 bits of a key.</summary>
/// <remarks>From the lowest bit: transition (3), woman (1), age (8), known controls (2). The last two bits tell cells apart; the others are summed over.</remarks>
internal static class PersonFacts
{
    /// <summary>Bits in all.</summary>
    public const int Bits = 14;

    /// <summary>Bits that are summed over.</summary>
    public const int SummedBits = 12;

    /// <summary>Bits that tell which controls are known.</summary>
    public const int KnownBits = Bits - SummedBits;

    private const int WomanShift = 3;
    private const int AgeShift = 4;
    private const int OldestAge = 255;

    /// <summary>The facts of each row.</summary>
    public static void Read(ReadOnlySpan<PanelRow> rows, Span<uint> facts)
    {
        // By sex, without a branch that would be guessed wrong at every fifth row.
        const uint known = (uint)KnownControls.Sex << SummedBits;
        ReadOnlySpan<uint> ofSex = [0, known, known | (1u << WomanShift), known];
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly PanelRow row = ref rows[i];
            int birth = row.BirthYear;
            int age = Math.Min(Math.Max(row.Year - birth, 0), OldestAge);
            uint ofAge = birth == 0 ? 0 : ((uint)KnownControls.Age << SummedBits) | ((uint)age << AgeShift);
            facts[i] = ofAge | ofSex[(int)row.Sex] | (uint)row.Transition;
        }
    }

    /// <summary>The age; 0 where unknown.</summary>
    public static int AgeOf(uint facts) => (int)(facts >> AgeShift) & OldestAge;

    /// <summary>1 for a woman, else 0.</summary>
    public static int WomanOf(uint facts) => (int)(facts >> WomanShift) & 1;

    /// <summary>The transition.</summary>
    public static Transition TransitionOf(uint facts) => (Transition)(facts & 7);

    /// <summary>By facts without the known controls, what a person-year adds to each moment: one line after the other.</summary>
    public static long[] Lines(MomentBasis basis, int stride)
    {
        long[] lines = new long[stride << SummedBits];
        for (uint facts = 0; facts < 1 << SummedBits; facts++)
            if (TransitionOf(facts) <= Transition.LeaveRegister)
                basis.Describe(AgeOf(facts), WomanOf(facts), TransitionOf(facts), lines.AsSpan((int)facts * stride, stride));
        return lines;
    }
}
