using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>
/// Asks for large pages under large arrays: memory that is written all over costs one page fault for 2 MB then, not for 4 KB, and few entries of the address cache.
/// </summary>
/// <remarks>A wish that only Linux grants: elsewhere, or where large pages are off, nothing happens.</remarks>
internal static partial class HugePages
{
    private const nint PageBytes = 2 << 20;
    private const int Advise = 14;

    /// <summary>A new array, not zeroed where that can be spared, on large pages as far as they fit in.</summary>
    public static unsafe T[] Allocate<T>(int length)
        where T : unmanaged
    {
        T[] array = GC.AllocateUninitializedArray<T>(length);
        if (!OperatingSystem.IsLinux() || (long)length * sizeof(T) < 2 * PageBytes)
            return array;
        fixed (T* first = array)
        {
            nint from = ((nint)first + PageBytes - 1) & -PageBytes;
            nint to = (nint)(first + length) & -PageBytes;
            // Refused where the kernel has no large pages; the array is as good without.
            _ = MemoryAdvise(from, to - from, Advise);
        }
        return array;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(nint address, nint length, int advice);
}
