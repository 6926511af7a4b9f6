from .models import dlm_backends as dlm_backends
