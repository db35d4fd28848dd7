using Microsoft.Win32.SafeHandles;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Tables;

/// <summary>The bytes of a file that is read here and there. All members may be called from any thread.</summary>
internal abstract class ByteStore : IDisposable
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Reads bytes.</summary>
    /// <exception cref="CutShortException">The file ends before.</exception>
    public abstract void Read(long at, Span<byte> target);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>A file on disk.</summary>
    public static ByteStore Open(string path) => new FileStore(File.OpenHandle(path));

    /// <summary>Bytes in memory.</summary>
    public static ByteStore Of(ReadOnlyMemory<byte> bytes) => new MemoryStore(bytes);

    private sealed class FileStore(SafeFileHandle file) : ByteStore
    {
        public override long Length { get; } = RandomAccess.GetLength(file);

        public override void Read(long at, Span<byte> target)
        {
            while (!target.IsEmpty)
            {
                int read = RandomAccess.Read(file, target, at);
                if (read == 0)
                    throw new CutShortException("the file ends early");
                at += read;
                target = target[read..];
            }
        }

        public override void Dispose()
        {
            file.Dispose();
            base.Dispose();
        }
    }

    private sealed class MemoryStore(ReadOnlyMemory<byte> bytes) : ByteStore
    {
        public override long Length => bytes.Length;

        public override void Read(long at, Span<byte> target)
        {
            if (at < 0 || at + target.Length > bytes.Length)
                throw new CutShortException("the file ends early");
            bytes.Span.Slice((int)at, target.Length).CopyTo(target);
        }
    }
}
