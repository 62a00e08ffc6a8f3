using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>Keeps one presigner at the last valid options, and reports those that are not.</summary>
internal sealed class PresignerReload(string name, Func<PresignerOptions> read)
{
    private readonly object _gate = new();
    private S3Presigner? _presigner;
    private Action<OptionsValidationException>? _report;

    /// <summary>Makes the presigner.</summary>
    public S3Presigner Start(TimeProvider? timeProvider)
    {
        lock (_gate)
        {
            PresignerOptions options = read();
            _presigner = new S3Presigner(PresignerOptionsValidator.Require(options, name), timeProvider);
            _report = options.InvalidReload;
            return _presigner;
        }
    }

    /// <summary>Takes the options that hold now.</summary>
    public void Run() => Run(read);

    public void Run(Func<PresignerOptions> current)
    {
        Action<OptionsValidationException>? report = null;
        try
        {
            // One after the other, and read inside: the last to finish has read the newest.
            lock (_gate)
            {
                report = _report;
                if (_presigner is null)
                {
                    return;
                }

                PresignerOptions options = current();
                _presigner.Use(PresignerOptionsValidator.Require(options, name));
                _report = options.InvalidReload;
            }
        }
        catch (OptionsValidationException e) when (report is not null)
        {
            report(e);
        }
        catch (Exception e) when (report is not null)
        {
            // The binder's words for a value that is no number, say, or what a Configure of the application has thrown.
            report(new OptionsValidationException(name, typeof(PresignerOptions), [$"The options cannot be read: {e.Message}"]));
        }
    }
}
