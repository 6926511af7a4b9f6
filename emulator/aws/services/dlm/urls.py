from .responses import DLMResponse

url_bases = [r"https?://dlm\.(.+)\.amazonaws\.com"]
url_paths = {"{0}/.*$": DLMResponse.dispatch}
