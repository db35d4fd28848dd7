using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Lets two files or folders change places at once: at no moment is either name without one.</summary>
/// <remarks>Linux, <c>renameat2</c> with <c>RENAME_EXCHANGE</c>; not all of its file systems can, and other systems have nothing like it.</remarks>
public static partial class PathExchange
{
    private const int CurrentFolder = -100;
    private const uint Exchange = 2;

    // EINVAL, ENOSYS and EOPNOTSUPP: the file system, or the kernel, knows no exchange.
    private static readonly int[] Refusals = [22, 38, 95];

    /// <summary>Exchanges two paths of one file system; false where that cannot be done at once here, and nothing has happened.</summary>
    /// <exception cref="IOException">One of them is not there, may not be renamed, or they lie in different file systems.</exception>
    public static bool TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            if (RenameAt(CurrentFolder, one, CurrentFolder, other, Exchange) == 0)
                return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
        int error = Marshal.GetLastPInvokeError();
        return Refusals.Contains(error) ? false : throw new IOException($"{other} cannot be replaced: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromFolder, string from, int toFolder, string to, uint flags);
}
