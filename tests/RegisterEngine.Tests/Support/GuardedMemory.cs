using System.Runtime.InteropServices;

namespace RegisterEngine.Tests.Support;

/// <summary>Memory with a page after it that nobody may touch: a kernel that reads or writes one byte too many stops the test run.</summary>
public sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int Page = 4096;
    private readonly nint _start;
    private readonly int _pages;

    public GuardedMemory(int bytes)
    {
        _pages = (bytes + Page - 1) / Page;
        Length = bytes;
        if (!OperatingSystem.IsLinux())
        {
            _start = (nint)NativeMemory.AllocZeroed((nuint)(_pages * Page));
            return;
        }
        _start = Map(0, (nuint)((_pages + 1) * Page), 3, 0x22, -1, 0);
        Assert.NotEqual(-1, _start);
        Assert.Equal(0, Protect(_start + (_pages * Page), Page, 0));
    }

    public int Length { get; }

    /// <summary>The last bytes before the page.</summary>
    public Span<byte> Span => new((byte*)_start + (_pages * Page) - Length, Length);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            _ = Unmap(_start, (nuint)((_pages + 1) * Page));
        else
            NativeMemory.Free((void*)_start);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
