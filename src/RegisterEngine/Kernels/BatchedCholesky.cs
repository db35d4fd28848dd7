using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Solves many small systems of normal equations at once: lanes of a vector are systems. Only the last coefficient is wanted.</summary>
/// <remarks>
/// Layout: structure of arrays. Element (i, j), j &lt;= i, of system s lies at <c>(i (i + 1) / 2 + j) * systems + s</c> of the matrices; element i of its right side at <c>i * systems + s</c>. With the wanted
/// coefficient last, it is y / l, and its place in the inverse 1 / l^2, with l the last pivot: no substitution backwards.
/// </remarks>
internal static class BatchedCholesky
{
    /// <summary>Systems of a vector; the number of systems is a multiple of it.</summary>
    public const int Lanes = 8;

    // The share of a column's square below which other columns make it up.
    private const double MadeUp = 1e-10;

    /// <summary>Factors all matrices in place, and solves for the last coefficient.</summary>
    /// <param name="size">Unknowns of each system.</param>
    /// <param name="systems">How many there are.</param>
    /// <param name="matrices">Lower triangles; their factors afterwards.</param>
    /// <param name="rights">Right sides; solved forwards afterwards.</param>
    /// <param name="last">The last coefficient of each; NaN where a column is made up by others.</param>
    /// <param name="inverse">Its place in the inverse.</param>
    /// <param name="explained">The square of the right side that the columns explain.</param>
    public static void Solve(int size, int systems, Span<double> matrices, Span<double> rights, Span<double> last, Span<double> inverse, Span<double> explained)
    {
        Check(size, systems, matrices, rights, last, inverse, explained);
        ref double a = ref MemoryMarshal.GetReference(matrices);
        ref double b = ref MemoryMarshal.GetReference(rights);
        Vector512<double> least = Vector512.Create(MadeUp), none = Vector512.Create(double.NaN);
        for (int at = 0; at < systems; at += Lanes)
        {
            Vector512<double> bad = Vector512<double>.Zero, squares = Vector512<double>.Zero, y = Vector512<double>.Zero, root = Vector512<double>.One;
            for (int i = 0; i < size; i++)
            {
                int row = i * (i + 1) / 2;
                Vector512<double> diagonal = Load(ref a, row + i), pivot = diagonal;
                for (int j = 0; j < i; j++)
                {
                    int other = j * (j + 1) / 2;
                    Vector512<double> sum = Load(ref a, row + j);
                    for (int k = 0; k < j; k++)
                        sum -= Load(ref a, row + k) * Load(ref a, other + k);
                    sum /= Load(ref a, other + j);
                    Store(ref a, row + j, sum);
                    pivot -= sum * sum;
                }
                Vector512<double> isMadeUp = ~Vector512.GreaterThan(pivot, least * diagonal);
                bad |= isMadeUp;
                root = Vector512.Sqrt(Vector512.ConditionalSelect(isMadeUp, Vector512<double>.One, pivot));
                Store(ref a, row + i, root);
                y = Load(ref b, i);
                for (int k = 0; k < i; k++)
                    y -= Load(ref a, row + k) * Load(ref b, k);
                y /= root;
                Store(ref b, i, y);
                squares += y * y;
            }
            Vector512.ConditionalSelect(bad, none, y / root).CopyTo(last[at..]);
            Vector512.ConditionalSelect(bad, none, Vector512<double>.One / (root * root)).CopyTo(inverse[at..]);
            squares.CopyTo(explained[at..]);

            Vector512<double> Load(ref double from, int element) => Vector512.LoadUnsafe(ref from, (nuint)((element * systems) + at));

            void Store(ref double to, int element, Vector512<double> value) => value.StoreUnsafe(ref to, (nuint)((element * systems) + at));
        }
    }

    /// <summary>The specification of <see cref="Solve"/>.</summary>
    public static void SolveScalar(int size, int systems, Span<double> matrices, Span<double> rights, Span<double> last, Span<double> inverse, Span<double> explained)
    {
        Check(size, systems, matrices, rights, last, inverse, explained);
        for (int s = 0; s < systems; s++)
        {
            bool isBad = false;
            double squares = 0, y = 0, root = 1;
            for (int i = 0; i < size; i++)
            {
                int row = i * (i + 1) / 2;
                double diagonal = matrices[((row + i) * systems) + s], pivot = diagonal;
                for (int j = 0; j < i; j++)
                {
                    int other = j * (j + 1) / 2;
                    double sum = matrices[((row + j) * systems) + s];
                    for (int k = 0; k < j; k++)
                        sum -= matrices[((row + k) * systems) + s] * matrices[((other + k) * systems) + s];
                    sum /= matrices[((other + j) * systems) + s];
                    matrices[((row + j) * systems) + s] = sum;
                    pivot -= sum * sum;
                }
                bool isMadeUp = !(pivot > MadeUp * diagonal);
                isBad |= isMadeUp;
                root = Math.Sqrt(isMadeUp ? 1 : pivot);
                matrices[((row + i) * systems) + s] = root;
                y = rights[(i * systems) + s];
                for (int k = 0; k < i; k++)
                    y -= matrices[((row + k) * systems) + s] * rights[(k * systems) + s];
                y /= root;
                rights[(i * systems) + s] = y;
                squares += y * y;
            }
            last[s] = isBad ? double.NaN : y / root;
            inverse[s] = isBad ? double.NaN : 1 / (root * root);
            explained[s] = squares;
        }
    }

    private static void Check(int size, int systems, Span<double> matrices, Span<double> rights, Span<double> last, Span<double> inverse, Span<double> explained)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(systems % Lanes, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrices.Length, size * (size + 1) / 2 * systems);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rights.Length, size * systems);
        ArgumentOutOfRangeException.ThrowIfLessThan(last.Length, systems);
        ArgumentOutOfRangeException.ThrowIfLessThan(inverse.Length, systems);
        ArgumentOutOfRangeException.ThrowIfLessThan(explained.Length, systems);
    }
}
