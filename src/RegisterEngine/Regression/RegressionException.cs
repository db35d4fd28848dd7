namespace RegisterEngine.Regression;

/// <summary>A model cannot be fitted to what is there; the message tells why, and what to do.</summary>
public sealed class RegressionException(string message) : Exception(message);
