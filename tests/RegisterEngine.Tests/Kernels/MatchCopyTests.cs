using System.Runtime.InteropServices;
using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class MatchCopyTests
{
    [Fact]
    public void TheVectorCopiesWhatItsTwinCopies()
    {
        for (int length = 0; length <= 256; length++)
            for (int offset = 1; offset <= 40; offset++)
                foreach (int slack in (int[])[0, 1, 15, 16, 17, 40])
                {
                    byte[] usual = [.. Enumerable.Range(0, 40 + length + slack).Select(i => (byte)(i * 37))];
                    byte[] twin = [.. usual];
                    MatchCopy.Copy(ref MemoryMarshal.GetArrayDataReference(usual), 40, offset, length, usual.Length);
                    MatchCopy.CopyScalar(ref MemoryMarshal.GetArrayDataReference(twin), 40, offset, length);
                    Assert.Equal(twin.AsSpan(0, 40 + length), usual.AsSpan(0, 40 + length));
                }
    }

    [Fact]
    public void LengthsStopAtTheFirstDifference()
    {
        byte[] bytes = new byte[300];
        for (int length = 0; length <= 100; length++)
        {
            bytes.AsSpan().Clear();
            bytes[150 + length] = 1;
            Assert.Equal(length, MatchCopy.Length(ref MemoryMarshal.GetArrayDataReference(bytes), 0, 150, 300));
            Assert.Equal(length, MatchCopy.Length(ref MemoryMarshal.GetArrayDataReference(bytes), 0, 150, 150 + length));
        }
    }
}
