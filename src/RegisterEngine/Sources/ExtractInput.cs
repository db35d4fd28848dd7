using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace RegisterEngine.Sources;

/// <summary>One input of a run: a file, a file inside an archive, or standard input.</summary>
public sealed record ExtractInput
{
    // Without this the runtime takes a compressed file that is cut short for one that ends there. It is read when the first stream is made.
    static ExtractInput() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>What messages and reports call it: the path as the user gave it.</summary>
    public required string Name { get; init; }

    /// <summary>The file on disk that it lies in; null for standard input.</summary>
    public string? Path { get; init; }

    /// <summary>The file inside the archive; null where there is none.</summary>
    public string? Entry { get; init; }

    /// <summary>Bytes of the input before decompression; 0 where nobody knows.</summary>
    public long Length { get; init; }

    /// <summary>The format, where the user said that it is a table; null where that is to be found out.</summary>
    public TableKind? Kind { get; init; }

    /// <summary>Whether the bytes on disk are the extract itself, not compressed.</summary>
    public bool IsPlain => Path is not null && Entry is null && !IsGzip;

    private bool IsGzip => Path?.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Opens the extract as a stream, decompressed.</summary>
    /// <exception cref="ExtractException">It cannot be opened.</exception>
    public Stream OpenStream()
    {
        try
        {
            if (Path is null)
                return Console.OpenStandardInput();
            if (Entry is not null)
                return OpenEntry(Path, Entry);
            Stream file = new FileStream(OpenFile(), FileAccess.Read);
            return IsGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ExtractException(Name, $"cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Reads the first bytes of the extract, decompressed; returns how many, which are fewer than asked for where it is shorter.</summary>
    /// <exception cref="ExtractException">It cannot be opened.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">What is compressed is damaged.</exception>
    public int ReadStart(Span<byte> target)
    {
        if (IsPlain)
        {
            using SafeFileHandle file = OpenFile();
            return RandomAccess.Read(file, target, 0);
        }
        using Stream stream = OpenStream();
        return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
    }

    // A handle: a stream would take as much time before the first row as a tenth of the rest.
    private SafeFileHandle OpenFile()
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(Path!);
            _ = RandomAccess.GetLength(file);
            return file;
        }
        catch (NotSupportedException e)
        {
            file?.Dispose();
            throw new ExtractException(Name, "is a pipe, not a file: let it come on standard input, and name - in its place.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new ExtractException(Name, $"cannot be opened: {e.Message}", e);
        }
    }

    private static ArchiveEntryStream OpenEntry(string path, string entry)
    {
        ZipArchive archive = ZipFile.OpenRead(path);
        return new ArchiveEntryStream(archive, archive.GetEntry(entry)!.Open());
    }

    // Closes the archive together with its entry.
    private sealed class ArchiveEntryStream(ZipArchive archive, Stream entry) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => entry.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => entry.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => entry.ReadAsync(buffer, cancellationToken);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                entry.Dispose();
                archive.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
