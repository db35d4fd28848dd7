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
        fixed (T* first = array)
            Ask((nint)first, (nint)(first + length));
        return array;
    }

    /// <summary>A new array that the collector never moves, not zeroed where that can be spared, in which some bytes begin at a multiple of an alignment.</summary>
    /// <param name="bytes">How many bytes.</param>
    /// <param name="alignment">A power of two.</param>
    /// <param name="skip">Where in the array they begin.</param>
    public static unsafe byte[] AllocateAligned(int bytes, int alignment, out int skip)
    {
        byte[] array = GC.AllocateUninitializedArray<byte>(checked(bytes + alignment), pinned: true);
        fixed (byte* first = array)
        {
            skip = (int)(-(nint)first & (alignment - 1));
            Ask((nint)first + skip, (nint)first + skip + bytes);
        }
        return array;
    }

    // Refused where the kernel has no large pages; the memory is as good without.
    private static void Ask(nint first, nint end)
    {
        nint from = (first + PageBytes - 1) & -PageBytes;
        nint to = end & -PageBytes;
        if (OperatingSystem.IsLinux() && to - from >= PageBytes)
            _ = MemoryAdvise(from, to - from, Advise);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(nint address, nint length, int advice);
}
