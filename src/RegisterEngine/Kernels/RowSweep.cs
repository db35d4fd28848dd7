using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>
/// Takes means by group out of rows of numbers; lanes of a vector are variables. A row has <see cref="Stride"/> numbers, a multiple of eight; effects and sums of levels have as many for each level.
/// </summary>
internal readonly ref struct RowSweep
{
    /// <summary>The rows, one after the other.</summary>
    public required Span<double> Values { get; init; }

    /// <summary>Numbers of a row.</summary>
    public required int Stride { get; init; }

    /// <summary>By row, its weight.</summary>
    public required ReadOnlySpan<double> Weight { get; init; }

    /// <summary>The rows of the first group, then those of the second, and so on.</summary>
    public required ReadOnlySpan<int> Order { get; init; }

    /// <summary>By group, the place of its first row in <see cref="Order"/>; one more than there are groups.</summary>
    public required ReadOnlySpan<int> Starts { get; init; }

    /// <summary>By group, the weight of its rows.</summary>
    public required ReadOnlySpan<double> GroupWeight { get; init; }

    /// <summary>By factor and row, a level.</summary>
    public required int[][] Levels { get; init; }

    /// <summary>By level, what is taken out of its rows before the means are; empty for nothing.</summary>
    public required ReadOnlySpan<double> Effects { get; init; }

    /// <summary>Sweeps some groups, and adds what is left of their rows, times their weights, to the sums of levels.</summary>
    public void Run(int fromGroup, int toGroup, Span<double> sums)
    {
        ref double values = ref MemoryMarshal.GetReference(Values);
        ref double effects = ref MemoryMarshal.GetReference(Effects);
        ref double levelSums = ref MemoryMarshal.GetReference(sums);
        bool hasEffects = !Effects.IsEmpty;
        for (int group = fromGroup; group < toGroup; group++)
        {
            ReadOnlySpan<int> rows = Order[Starts[group]..Starts[group + 1]];
            for (int lane = 0; lane < Stride; lane += Vector512<double>.Count)
            {
                Vector512<double> total = Vector512<double>.Zero;
                foreach (int row in rows)
                {
                    nuint at = ((nuint)row * (nuint)Stride) + (nuint)lane;
                    Vector512<double> value = Vector512.LoadUnsafe(ref values, at);
                    if (hasEffects)
                    {
                        foreach (int[] level in Levels)
                            value -= Vector512.LoadUnsafe(ref effects, ((nuint)level[row] * (nuint)Stride) + (nuint)lane);
                        value.StoreUnsafe(ref values, at);
                    }
                    total += Weight[row] * value;
                }
                Vector512<double> mean = GroupWeight[group] > 0 ? total / GroupWeight[group] : Vector512<double>.Zero;
                foreach (int row in rows)
                {
                    nuint at = ((nuint)row * (nuint)Stride) + (nuint)lane;
                    Vector512<double> value = Vector512.LoadUnsafe(ref values, at) - mean;
                    value.StoreUnsafe(ref values, at);
                    foreach (int[] level in Levels)
                    {
                        nuint to = ((nuint)level[row] * (nuint)Stride) + (nuint)lane;
                        (Vector512.LoadUnsafe(ref levelSums, to) + (Weight[row] * value)).StoreUnsafe(ref levelSums, to);
                    }
                }
            }
        }
    }

    /// <summary>The specification of <see cref="Run"/>.</summary>
    public void RunScalar(int fromGroup, int toGroup, Span<double> sums)
    {
        for (int group = fromGroup; group < toGroup; group++)
            for (int lane = 0; lane < Stride; lane++)
            {
                double total = 0;
                foreach (int row in Order[Starts[group]..Starts[group + 1]])
                {
                    ref double value = ref Values[(row * Stride) + lane];
                    if (!Effects.IsEmpty)
                        foreach (int[] level in Levels)
                            value -= Effects[(level[row] * Stride) + lane];
                    total += Weight[row] * value;
                }
                double mean = GroupWeight[group] > 0 ? total / GroupWeight[group] : 0;
                foreach (int row in Order[Starts[group]..Starts[group + 1]])
                {
                    ref double value = ref Values[(row * Stride) + lane];
                    value -= mean;
                    foreach (int[] level in Levels)
                        sums[(level[row] * Stride) + lane] += Weight[row] * value;
                }
            }
    }
}
